# 页面上的话。助手说的话不在这里，在短语本里。
# 写法：短句，一句一个意思，称呼用“您”，不责怪人。

language-name = 中文
title = 问问{ $name }
heading = 问问{ $name }
intro = 用您自己的话问办事的问题。回答都是公开发布的原文，并写明出处。

skips = 快速跳转
skip-input = 跳到输入框
skip-newest = 跳到最新回答
tools = 语言、显示和帮助
elder-on = 长辈版
elder-off = 标准版
settings = 设置

log-name = 对话记录
line-bot = 助手：{ $text }
line-visitor = 您：{ $text }
line-staff = 工作人员{ $name }：{ $text }

input-name = 提问
question = 请写下您的问题
send = 发送
person-bar = 找人工
person = 找人工
say-person = 我要找人工
call = 打电话 { $telephone }
simpler = 说简单点
say-simpler = 说简单点
why = 为什么是这个答案？

start = 可以这样问
no-phone = 没有手机，或者不方便上网？打电话也能问：

keyboard = 键盘操作
key-send = 回车：发送
key-line = Shift + 回车：换一行
key-newest = Alt + Shift + N：跳到最新回答
key-tab = Tab：到下一个按钮或链接
key-close = Esc：关上这个窗口
newest = 最新回答 ↓
forget = 重新开始
forget-note = 这台设备会忘记这段对话，不能再打开。

place-address = 地址
place-hours = 开放时间
place-telephone = 电话
place-way = 怎么去
place-help = 现场帮助

typing = 正在查找
unsent = 这句话还没有送到。您写的内容还在这里。
retry = 再试一次
offline = 网络断开了，正在重新连接。您可以接着写。

settings-heading = 设置
settings-note = 设置只保存在这台设备上。
settings-language = 语言
settings-mode = 显示方式
mode-standard = 标准版
mode-elder = 长辈版：字更大，按钮更大
settings-size = 字的大小
size-18 = 标准
size-22 = 大
size-26 = 更大
size-30 = 最大
settings-theme = 颜色
theme-auto = 跟随这台设备
theme-light = 浅色
theme-dark = 深色
save = 保存设置
back = 返回

full-page = 打开完整页面
widget-no-script = 这个小窗口需要 JavaScript。完整页面不需要，一样能用。
widget-open = 有事问我
widget-close = 关上
widget-title = 问答助手

# 出了问题：先说发生了什么，再说接下来怎么办。
trouble-heading = 有一个问题
not-found = 没有找到这段对话。它可能是在别的设备上开始的，或者已经过期。
not-found-next = 请重新开始对话，再问一次。
no-page = 没有这个页面。
no-page-next = 请回到首页提问。
wrong-method = 这个地址不能这样使用。
wrong-method-next = 请回到首页提问。
busy = 现在提问的人很多，您的话没有收下，写的内容也没有丢。
busy-next = 请过几秒钟再发一次。着急的话，请打电话。
closing = 服务正在重新启动，您的话没有收下，写的内容也没有丢。
closing-next = 请过几秒钟再发一次。
full = 服务器存满了，您的话没有收下，写的内容也没有丢。
full-next = 请过一会儿再发一次，或者打电话。
failed = 我们这边出了错，您的话没有收下，写的内容也没有丢。
failed-next = 请再发一次。还不行的话，请打电话。
too-long = 这段话太长，放不下。
too-long-next = 请缩短一些，一次问一件事。
too-slow = 内容没有传完，您的话没有收下。
too-slow-next = 请检查网络，再发一次。
too-many = 短时间内提问太多，这一句没有收下，写的内容也没有丢。
too-many-next = 请等一会儿再发一次。
bad-json = 收到的内容不是有效的 JSON。
bad-json-next = 请按照 /api/openapi.json 的格式发送。
bad-key = 缺少 Idempotency-Key，或者它的写法不对。
bad-key-next = 请用 1 到 128 个可见的 ASCII 字符。重发同一句话时，用同一个值。
bad-query = 地址里的 after 应当是一个数字。
bad-query-next = 请用您收到的最后一行的编号。
bad-form = 有些文字没有读出来。
bad-form-next = 请检查下面的内容，改好后再发一次。
cross-site = 这次提交是从别的网站来的，没有收下。
cross-site-next = 请在本页面上提问。
