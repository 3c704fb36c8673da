"""What residents said later, and what became of the words of those who were not satisfied."""

SATISFIED = ("办得快，谢谢。", "", "已经用上了，方便多了。", "", "")
MOSTLY = ("办是办了，就是等的时间长了点。", "")
UNSATISFIED = {
    "late_music": "安静了没几天，又唱到半夜。",
    "old_phone_signal": "站在窗口才有信号，还是不方便。",
}
STILL_OPEN = "修好没几天又出毛病，想请再来看看。"
DECLINED = "基站由运营商调整，已登记并约定时间；镇里再办不能更快，到时由本站再告知。"
REOPENED = "约定没有坚持住，请再上门一次，落实到位。"
RESULT_AGAIN = "再次上门，两家当面约定并请村民小组长监督，连续观察几晚未再发生。"
REPLY_AGAIN = "这几晚都安静了，如再发生请直接打村民小组长电话。"
