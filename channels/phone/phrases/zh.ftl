# 电话里答案之外的话：每句一个意思；先说选项，再说按键。

hello = 您好，这里是{ $name }的自动助手，不是真人。
recorded = 这次通话有录音。
ask = 请说您想办什么事。
ask-by-keys = 今天我听不到说话，请用按键。
ask-in-text = 也可以打字问。
keys-begin = 想用按键选，请按{ $key }。
language-key = 听中文，请按{ $key }。
person-key = 找真人，随时按0。
language-now = 现在说中文。请说您想办什么事。
help-keys = 找真人，请按0。再听一遍，请按星号。往下听，请按井号。用按键选服务，请按5。想听慢一点，请按7。换一种语言，请按8。结束通话，请按9。

about = { $title }。
more = 要接着听吗？
go-on = 接着听
enough = 问别的
anything-else = 还想问什么？
another-question = 问别的
moment = 请稍等。
listening = 我在听。

how-many = 一共有{ $count }个选项。
which = 您说的是哪一个？
choice = { $label }，请按{ $key }。
more-of-them = 其他的
by-office = 您要找哪个部门？
no-such-key = 现在这个键没有用处。

slower-now = 我说慢一点。
usual-now = 我照平常的快慢说。
louder-now = 我说大声一点。
hold = 不急，我等您。
still-holding = 我还在，不急。
stopped = 好的。

missed-first = 我没听清。请简单说一说，比如：{ $example }
missed-keys = 我还是没听清，咱们用按键试试。
silent-first = 我还在。您可以问，比如：{ $example }
silent-keys = 也可以用按键选。
still-here = 我还在。
person-offer = 要找真人吗？
to-a-person = 找真人
call-back-offer = 要我们给您回电话吗？
call-back = 要回电话
failed = 我们这边出了问题，没能回答。请再说一遍。
busy = 现在问的人太多，请过一会儿再说一遍。

transferring = 正在为您接通真人，请不要挂断。
not-reached = 没有接通。
person-at = 电话号码是{ $telephone }。
number-known = 就打您现在用的号码吗？{ $number }。
number-yes = 就打这个号码
number-other = 换一个号码
number-ask = 请按号码，最后按井号。
number-ask-aloud = 请说号码，或者按号码，按完再按井号。
number-short = 这个号码太短了。
number-read = 号码是{ $number }。再说一遍：{ $number }。对吗？
number-right = 对
number-again = 重新来
number-kept = 记下了。工作人员会给您回电话。
number-not-kept = 没能记下来。请打{ $telephone }。

full = 现在线路都占满了。您可以打{ $telephone }，或者过一会儿再打来。
goodbye = 再见。

word-person = 人工
