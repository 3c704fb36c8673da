"""What residents said later, and what became of the words of those who were not satisfied."""

SATISFIED = ("办得快，谢谢。", "", "已经用上了，方便多了。", "", "")
MOSTLY = ("办是办了，就是等的时间长了点。", "")
UNSATISFIED = {
    "late_music": "安静了一阵，又唱到半夜。",
    "old_phone_signal": "站在窗口才有信号，还是不方便。",
}
DECLINED = "基站由运营商调整，已登记报修，暂不重开；有结果再告知。"
AGAIN = "没过几天又反复了，请再来看看。"
REOPENED = "群众反映属实，请重新办理，落实到位。"
RESULT_AGAIN = "按群众意见重新办理，现场复查确认已经解决。"
REPLY_AGAIN = "已上门告知重新办理的结果，本人表示认可。"
