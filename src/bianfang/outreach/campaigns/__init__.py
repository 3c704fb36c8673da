"""Campaigns (专项工作): a topic that brings its own short list to a visit, and leaflets.

What is asked is data: typed questions in versions, each answer with the version that it was given
to. A finding is what one visit found in one household or at one numbered spot. Nothing here scores
or ranks a household, and nothing tells what a resident thinks.
"""
