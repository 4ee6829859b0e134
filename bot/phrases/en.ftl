# The assistant's own sentences: one idea each, no blame, no idioms. Published words are not here;
# they are in the city's pack.

greeting = Hello. I am the automatic assistant of { $name }, not a person. Ask in your own words. I answer with the published text and say where it comes from. For a person, say "person" at any time, or call { $telephone }.
robot = I am an automatic assistant: a computer program, not a person. To reach a person, say "person" or call { $telephone }.
hello = Hello. What would you like to do?
thanks = You are welcome. If there is anything else, please ask.
goodbye = Goodbye. Come back whenever you need something.
help = You can ask what to bring, what it costs, how long it takes, where to go, when a place is open, and what to do without a phone. For example:
nothing-to-repeat = I have not said anything yet. What would you like to do?
simpler-what = What would you like me to say more simply?

person = Yes, you can reach a person. Call { $telephone }, or go to { $place }, { $address }.
person-hours = Opening hours: { $hours }.
person-now-open = Somebody is there now.
person-now-closed = Nobody is there right now.
person-kept = I have noted that you want a person.
person-open = Staff answer and receive visitors: { $hours }.
person-short = Staff answer on { $telephone }.

which-service = Which service do you mean? For example:
clarify = Which of these do you mean? You can say "the first", "the second", or choose one.
clarify-neither = Please say in other words what you want to do. You can also call { $telephone } and ask a person.
choice-none = I have not offered you a choice. Please tell me what you want to do.

not-found = Sorry, I did not find an answer in what { $name } publishes. Please call { $telephone } to ask a member of staff, or ask at { $place }.
not-found-elsewhere = I can only answer for { $name }. I have nothing about { $elsewhere }. Please ask the public service there. If you mean { $name }, please ask again without the other name.
not-found-facet = The published page "{ $title }" does not say this. Please call { $telephone } to make sure.
refused-empty = I did not receive any words. Please say in a sentence or two what you want to do.
refused-too-long = This is too long, and I might get it wrong. Please say in a sentence or two what you most want to know.
refused-language = Sorry, I only understand Chinese and English. A person answers on { $telephone }. 对不起，我只懂中文和英文。请打 { $telephone } 找工作人员。

personal-not-needed = I do not need identity, telephone or card numbers, or addresses. Please do not write them here.

source = Source: { $title }
source-department = Source: { $title } ({ $department })
source-checked = { $source }, checked on { $date }
source-language = { $source } (in { $language })
language-zh = Chinese
language-en = English
abbreviation = { $short }: { $long }
notice-suggestion = Notice: { $title }
lead = { $title } · { $heading }
lead-spoken = { $title }, { $heading }:
shortened = (There is more; please see the source.)

heading-who = Who can apply
heading-bring = What to bring
heading-cost = What it costs
heading-time = How long it takes
heading-how = How to apply
heading-where = Where to go
heading-law = Rules
heading-without-phone = Without a phone
heading-simple = In short

understood = I took your question to be: “{ $question }” If that is wrong, say: “No, I meant …”
ask-who = { $title }: who can apply?
ask-bring = { $title }: what do I bring?
ask-cost = { $title }: how much does it cost?
ask-time = { $title }: how long does it take?
ask-how = { $title }: how do I apply?
ask-where = { $title }: where do I go?
ask-law = { $title }: what are the rules?
ask-without-phone = { $title }: what if I have no phone?
ask-simple = { $title }: say it more simply

open-now = { $place } is open now, until { $time }.
open-always = { $place } is open day and night, on holidays too.
closed-lunch = { $place } is closed for lunch.
closed-before = { $place } is not open yet.
closed-after = { $place } is closed for today.
closed-day = { $place } is closed today.
closed-holiday = { $place } is closed today for { $holiday }.
opens-today = It opens today at { $time }.
opens-later = It opens on { $date } at { $time }.
hours-unknown = No opening hours are published for { $place }. Please call { $telephone } to make sure.
day-open = On { $date }, { $place } is open: { $hours }.
day-closed = On { $date }, { $place } is closed.
day-holiday = { $date } is { $holiday }. { $place } is closed.
day-holiday-open = { $date } is { $holiday }. { $place } is open as usual: { $hours }.
at-open = On { $date } at { $time }, { $place } is open, until { $until }.
at-closed = On { $date } at { $time }, { $place } is closed. It is open that day: { $hours }.
part-open = On { $date } { $time }, { $place } is open: { $hours }.
part-closed = On { $date } { $time }, { $place } is closed. It is open that day: { $hours }.
part-morning = in the morning
part-noon = at noon
part-afternoon = in the afternoon
part-evening = in the evening
part-night = at night
place-itself = It
usual-hours = Usual opening hours:
place-address = Address: { $address }
place-telephone = Telephone: { $telephone }
place-way = Getting there: { $way }
list-join = {", "}
hours-join = {"; "}
time-range = { $from } to { $to }

date-in-year = { $weekday } { $day } { $month }
date-with-year = { $weekday } { $day } { $month } { $year }
date-full = { $day } { $month } { $year }
weekday-1 = Monday
weekday-2 = Tuesday
weekday-3 = Wednesday
weekday-4 = Thursday
weekday-5 = Friday
weekday-6 = Saturday
weekday-7 = Sunday
month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
