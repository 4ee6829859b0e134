# The page's own words. What the assistant says is not here but in the phrasebook.
# Short sentences, one idea each, no blame.

language-name = English
title = Ask { $name }
heading = Ask { $name }
intro = Ask about services in your own words. Answers are what is officially published, with the source.

skips = Skip to
skip-input = Skip to the question box
skip-newest = Skip to the newest answer
tools = Language, display and help
elder-on = Larger view
elder-off = Standard view
settings = Settings

log-name = Conversation
line-bot = Assistant: { $text }
line-visitor = You: { $text }
line-staff = { $name }, staff: { $text }

input-name = Ask
question = Write your question
send = Send
person-bar = Talk to a person
person = Talk to a person
say-person = I want to talk to a person
call = Call { $telephone }
simpler = Say it more simply
say-simpler = Say it more simply
why = Why this answer?

start = You could ask
no-phone = No mobile phone, or no wish to go online? You can ask by telephone too:

keyboard = Keyboard help
key-send = Enter: send
key-line = Shift + Enter: new line
key-newest = Alt + Shift + N: go to the newest answer
key-tab = Tab: go to the next button or link
key-close = Escape: close this window
newest = Newest answer ↓
forget = Start again
forget-note = This device will forget the conversation. It cannot be opened again.

place-address = Address
place-hours = Opening hours
place-telephone = Telephone
place-way = Getting there
place-help = Help on the spot

typing = Looking it up
unsent = This was not sent. What you wrote is still here.
retry = Try again
offline = The connection is lost. We are trying to get it back. You can keep writing.

settings-heading = Settings
settings-note = Settings are kept on this device only.
settings-language = Language
settings-mode = Display
mode-standard = Standard view
mode-elder = Larger view: bigger text and bigger buttons
settings-size = Text size
size-18 = Standard
size-22 = Large
size-26 = Larger
size-30 = Largest
settings-theme = Colours
theme-auto = As on this device
theme-light = Light
theme-dark = Dark
save = Save settings
back = Back

full-page = Open the full page
widget-no-script = This small window needs JavaScript. The full page works without it.
widget-open = Ask us
widget-close = Close
widget-title = Questions and answers

# When something went wrong: first what happened, then what to do next.
trouble-heading = There is a problem
not-found = This conversation was not found. It may have begun on another device, or it is too old.
not-found-next = Please start a new conversation and ask again.
no-page = There is no such page.
no-page-next = Please go back to the first page and ask there.
wrong-method = This address does not work that way.
wrong-method-next = Please go back to the first page and ask there.
busy = Many people are asking just now. Your message was not taken. What you wrote is not lost.
busy-next = Please send it again in a few seconds. If it is urgent, please call.
closing = The service is restarting. Your message was not taken. What you wrote is not lost.
closing-next = Please send it again in a few seconds.
full = The server has no room left. Your message was not taken. What you wrote is not lost.
full-next = Please send it again later, or call.
failed = Something went wrong on our side. Your message was not taken. What you wrote is not lost.
failed-next = Please send it again. If that does not help, please call.
too-long = This message is too long.
too-long-next = Please shorten it and ask one thing at a time.
too-slow = The message did not arrive in full and was not taken.
too-slow-next = Please check the connection and send it again.
too-many = There were too many messages in a short time. This one was not taken. What you wrote is not lost.
too-many-next = Please wait a moment and send it again.
bad-json = What arrived is not valid JSON.
bad-json-next = Please send it as /api/openapi.json describes.
bad-key = The Idempotency-Key is missing or not well formed.
bad-key-next = Please use 1 to 128 visible ASCII characters, and the same ones when you send a message again.
bad-query = The value of "after" must be a number.
bad-query-next = Please use the number of the last line that you received.
bad-form = Some of the text could not be read.
bad-form-next = Please check the text below, correct it and send it again.
cross-site = This was sent from another site and was not taken.
cross-site-next = Please ask on this page.
