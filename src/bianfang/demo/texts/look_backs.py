"""What checkers wrote down, and how a demand that failed was handled once more."""

PASSED = (
    "电话回访，本人表示问题已经解决。",
    "上门看过，现场情况与办理结果一致。",
    "本人对办理结果表示满意。",
    "邻居也证实已经办好。",
)
FAILED = "上门看过，问题没有彻底解决，群众反映近期又有反复。"
RESULT_AGAIN = "按回头看意见重新办理，现场复查确认已经解决。"
REPLY_AGAIN = "已上门告知重新办理的结果，本人表示认可。"
TRIED = "电话两次无人接听，另约时间上门。"
