# 助手自己说的话。每句一个意思，不责备，不用成语。公布的原文不在这里，在城市的资料包里。

greeting = 您好！我是{ $name }的自动助手，不是真人。您可以用平常的话问办事问题，我用公布的原文回答，并告诉您出处。需要真人，随时说“人工”，或打 { $telephone }。
robot = 我是自动助手，是一个电脑程序，不是真人。想找真人，请说“人工”，或打 { $telephone }。
hello = 您好！请问您想办什么事？
thanks = 不客气。还有别的事，请接着问。
goodbye = 再见。以后有事，随时来问。
help = 您可以问：要带什么、多少钱、多久办好、在哪里办、几点开门、没有手机怎么办。比如：
nothing-to-repeat = 我还没有说过什么。请问您想办什么事？
simpler-what = 请问您想让我把哪件事说简单些？

person = 可以找真人。请打 { $telephone }，或到{ $place }，地址：{ $address }。
person-hours = 接待时间：{ $hours }。
person-now-open = 现在有人。
person-now-closed = 现在没有人。
person-kept = 我已经记下您想找真人。
person-open = 工作人员接听和接待时间：{ $hours }。
person-short = 电话 { $telephone } 有工作人员接听。

which-service = 请问您要办的是哪一件事？比如：
clarify = 您问的是哪一项？可以说“第一个”“第二个”，也可以点选。
clarify-neither = 请用别的话再说一遍您想办的事。也可以打 { $telephone } 问真人。
choice-none = 刚才没有给您选项。请说说您想办什么事。

not-found = 对不起，我在{ $name }公布的内容里没有找到答案。请打 { $telephone } 问工作人员，或到{ $place }咨询。
not-found-elsewhere = 这里只能回答{ $name }的事，我没有{ $elsewhere }的资料。请向{ $elsewhere }的政务服务部门询问。如果您问的是{ $name }，请再说一遍，不用说别的地名。
not-found-facet = “{ $title }”的公布内容里没有写这一点。请打 { $telephone } 问清楚。
refused-empty = 我没有收到文字。请用一两句话说说您想办什么事。
refused-too-long = 这段话太长了，我怕弄错。请用一两句话说说您最想问的事。
refused-language = 对不起，我只懂中文和英文。请打 { $telephone } 找工作人员。 Sorry, I only understand Chinese and English. A person answers on { $telephone }.

source = 来源：{ $title }
source-department = 来源：{ $title }（{ $department }）
source-checked = { $source }，{ $date }核对
source-language = { $source }（原文为{ $language }）
language-zh = 中文
language-en = 英文
abbreviation = { $short }：{ $long }
notice-suggestion = 通知：{ $title }
lead = { $title } · { $heading }
lead-spoken = { $title }，{ $heading }：
shortened = （以下还有，请看原文。）

heading-who = 谁可以办
heading-bring = 要带什么
heading-cost = 多少钱
heading-time = 多久办好
heading-how = 怎么办
heading-where = 在哪里办
heading-law = 依据
heading-without-phone = 没有手机怎么办
heading-simple = 简单说

ask-who = { $title }：谁可以办？
ask-bring = { $title }：要带什么？
ask-cost = { $title }：多少钱？
ask-time = { $title }：多久办好？
ask-how = { $title }：怎么办？
ask-where = { $title }：在哪里办？
ask-law = { $title }：依据是什么？
ask-without-phone = { $title }：没有手机怎么办？
ask-simple = { $title }：说简单点

open-now = { $place }现在开门，开到 { $time }。
open-always = { $place }全天开放，节假日也不关门。
closed-lunch = { $place }现在午休。
closed-before = { $place }现在还没开门。
closed-after = { $place }今天已经关门。
closed-day = { $place }今天不开门。
closed-holiday = { $place }今天因{ $holiday }不开门。
opens-today = 今天 { $time } 开门。
opens-later = { $date } { $time } 开门。
hours-unknown = 没有公布{ $place }的开放时间。请打 { $telephone } 问清楚。
day-open = { $date }，{ $place }开门：{ $hours }。
day-closed = { $date }，{ $place }不开门。
day-holiday = { $date }是{ $holiday }，{ $place }不开门。
day-holiday-open = { $date }是{ $holiday }，{ $place }照常开门：{ $hours }。
place-itself = {""}
usual-hours = 平时开放时间：
place-address = 地址：{ $address }
place-telephone = 电话：{ $telephone }
place-way = 怎么去：{ $way }
list-join = 、
hours-join = ；
time-range = { $from }到{ $to }

date-in-year = { $month }月{ $day }日（{ $weekday }）
date-with-year = { $year }年{ $month }月{ $day }日（{ $weekday }）
date-full = { $year }年{ $month }月{ $day }日
weekday-1 = 周一
weekday-2 = 周二
weekday-3 = 周三
weekday-4 = 周四
weekday-5 = 周五
weekday-6 = 周六
weekday-7 = 周日
month-1 = 1
month-2 = 2
month-3 = 3
month-4 = 4
month-5 = 5
month-6 = 6
month-7 = 7
month-8 = 8
month-9 = 9
month-10 = 10
month-11 = 11
month-12 = 12
