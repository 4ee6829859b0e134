# What is said on a call beside the answers: one idea a sentence, the option before its key.

hello = Hello. This is the automatic assistant of { $name }, not a person.
recorded = This call is recorded.
ask = Please say what you need.
ask-by-keys = I cannot hear speech today. Please use the keys.
ask-in-text = You can type your question.
keys-begin = To choose with the keys, press { $key }.
language-key = For English, press { $key }.
person-key = For a person, press 0 at any time.
language-now = English. Please say what you need.
help-keys = For a person, press 0. To hear it again, press star. To go on, press hash. For services by keys, press 5. To hear it slower, press 7. For another language, press 8. To end the call, press 9.

about = { $title }.
more = Shall I go on?
go-on = Go on
enough = Something else
anything-else = What else would you like to know?
another-question = Another question
moment = One moment, please.
listening = I am listening.

how-many = There are { $count } to choose from.
which = Which do you mean?
choice = { $label }: press { $key }.
more-of-them = More
by-office = Which office is it about?
no-such-key = That key has no meaning here.

slower-now = I will speak more slowly.
usual-now = I will speak at the usual pace again.
louder-now = I will speak louder.
hold = Take your time. I will wait.
still-holding = I am still here. Take your time.
stopped = All right.

missed-first = I did not catch that. Please say it in a few words, for example: { $example }
missed-keys = I still did not catch it. Let us try the keys.
silent-first = I am still here. You could ask, for example: { $example }
silent-keys = You can also choose with the keys.
still-here = I am still here.
person-offer = Would you like to speak to a person?
to-a-person = A person
call-back-offer = Would you like to be called back?
call-back = To be called back
failed = Something went wrong on our side, and I could not answer. Please say it again.
busy = Too many questions are coming in just now. Please say it again in a moment.

transferring = I am connecting you with a person. Please stay on the line.
not-reached = I could not reach anybody.
person-at = The number is { $telephone }.
number-known = Shall we call back the number you are calling from: { $number }?
number-yes = Yes, that number
number-other = Another number
number-ask = Please key in the number and end with hash.
number-ask-aloud = Please say or key in the number. End with hash if you use the keys.
number-short = That is too short for a telephone number.
number-read = I have { $number }. Once more: { $number }. Is that right?
number-right = That is right
number-again = Once more
number-kept = It is noted. Somebody will call you back.
number-not-kept = I could not note it. Please call { $telephone }.

full = All lines are busy just now. You can call { $telephone }, or call here again later.
goodbye = Goodbye.

word-person = person
