//! One call, conducted: between the leg, which carries sound, keys and text, the ears, the voice and
//! the bot, moved by the dialogue. All decisions are the dialogue's ([`crate::call`]); here they
//! are carried out, and what happens is told to it.

mod hearing;
mod recording;
mod speaker;

use crate::beforehand::city;
use crate::call::{Ability, Call, Command, Expecting, Happened, Pace, Setting};
use crate::leg::{self, CallLeg, End, Frame, LegEvent, Transfer};
use crate::story::{CallBack, Ended, Ledger, Moment, Story, What};
use bot::{Event, Presence, phrasebook::Phrasebook, store::Address};
use door::{Inbound, Inbox, Lobby, Rejected, Stored};
use hearing::{Hearing, Noticed, Turn};
use recording::Recording;
use speaker::Speaker;
use speech::ears::{Asked, Ears, PROMPT_CHARACTERS};
use speech::listening::Patience;
use speech::voice::Voice;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::task::JoinSet;
use tokio::time::Instant;

/// The name that this door's addresses carry.
pub const CHANNEL: &str = "phone";

/// What every call needs.
pub(crate) struct Rooms {
    pub(crate) inbox: Arc<dyn Inbox>,
    pub(crate) lobby: Arc<dyn Lobby>,
    pub(crate) ledger: Arc<dyn Ledger>,
    pub(crate) ears: Option<Ears>,
    pub(crate) voice: Voice,
    pub(crate) book: Arc<Phrasebook>,
    /// Where callers are handed to a person.
    pub(crate) transfer_to: Option<String>,
    /// Where calls are recorded, if they are.
    pub(crate) recordings: Option<PathBuf>,
}

/// Something asked of others that comes back later.
enum Errand {
    Told { number: u32, result: Result<Stored, Rejected>, presence: Presence },
    CallBack(bool),
}

/// A call under way.
struct Conduct {
    rooms: Arc<Rooms>,
    leg: Box<dyn CallLeg>,
    call: Call,
    began: Instant,
    speaker: Speaker,
    hearing: Option<Hearing>,
    recording: Option<Recording>,
    errands: JoinSet<Errand>,
    prompts: Vec<(bot::LanguageIdentifier, Arc<str>)>,
    has_text: bool,
    /// When the caller's last speech ended, until an answer to it begins.
    spoke_until: Option<Instant>,
    /// The answer's first sound is what comes next.
    answer_comes: bool,
    was_transferred: bool,
    story: Story,
}

/// Conducts a call to its end.
pub(crate) async fn conduct(leg: Box<dyn CallLeg>, rooms: Arc<Rooms>) {
    let mut conduct = Conduct::new(leg, rooms);
    conduct.keep().await;
    let end = conduct.run().await;
    conduct.story.end = Some(if conduct.was_transferred { Ended::Transferred } else { end.into() });
    conduct.keep().await;
}

impl Conduct {
    fn new(leg: Box<dyn CallLeg>, rooms: Arc<Rooms>) -> Self {
        let about = leg.about().clone();
        let recording = rooms
            .recordings
            .as_deref()
            .and_then(|folder| Recording::begin(folder, &about.id, leg.rate()));
        let ability = |has: bool| if has { Ability::Present } else { Ability::Absent };
        let setting = Setting {
            city: city(&*rooms.lobby),
            book: rooms.book.clone(),
            ears: ability(rooms.ears.is_some()),
            transfers: ability(rooms.transfer_to.is_some()),
            recording: ability(recording.is_some()),
            house: about.house,
            caller: about.caller.clone(),
        };
        let languages = setting.city.iter().map(|city| city.welcome.language.clone());
        let prompts = languages
            .map(|language| {
                let names = rooms.lobby.vocabulary(&language, PROMPT_CHARACTERS);
                (language, names.into())
            })
            .collect();
        let hearing = rooms.ears.clone().map(|ears| Hearing::new(ears, leg.rate()));
        let speaker = Speaker::new(rooms.voice.clone(), leg.rate());
        let call = Call::new(setting);
        let story = Story::new(&about, call.language().clone());
        Self {
            rooms,
            leg,
            call,
            began: Instant::now(),
            speaker,
            hearing,
            recording,
            errands: JoinSet::new(),
            prompts,
            has_text: false,
            spoke_until: None,
            answer_comes: false,
            was_transferred: false,
            story,
        }
    }

    async fn run(&mut self) -> End {
        self.look_for_text();
        self.happens(Happened::Answered);
        loop {
            let deadline = self.call.deadline().map(|deadline| self.began + deadline);
            let hearing = self.hearing.as_mut();
            tokio::select! {
                biased;
                event = leg::next(&mut *self.leg) => match event {
                    Some(LegEvent::Ended(end)) => return end,
                    Some(event) => self.on_the_line(event),
                    None => return End::Line,
                },
                turn = hearing::turn(hearing) => self.heard(turn),
                Some(errand) = self.errands.join_next() => if let Ok(errand) = errand {
                    self.came_back(errand);
                },
                () = self.speaker.ready() => self.play(),
                () = at(deadline) => self.happens(Happened::Time),
            }
        }
    }

    fn on_the_line(&mut self, event: LegEvent) {
        match event {
            LegEvent::Heard(frame) => self.frame(&frame),
            LegEvent::Keyed(key) => self.happens(Happened::Keyed(key.char())),
            LegEvent::Typed(characters) => self.happens(Happened::Typed(characters)),
            LegEvent::Played(mark) => {
                if self.speaker.has_said_all(mark) {
                    self.happens(Happened::Quiet);
                }
            }
            LegEvent::Transfer(how) => {
                self.was_transferred |= how == Transfer::Done;
                self.happens(Happened::Transfer(how));
            }
            LegEvent::Hold(_) | LegEvent::Ended(_) => {}
        }
    }

    /// 20 ms of the caller's side.
    fn frame(&mut self, frame: &Frame) {
        let playing = self.speaker.next_frame();
        if let Some(recording) = &mut self.recording {
            recording.take(&frame.pcm, playing.as_deref());
        }
        self.look_for_text();
        let patience = self.patience();
        let asked = || Asked {
            languages: languages(&self.call, &self.prompts),
            prompts: match self.call.expecting() {
                // Names would only mislead.
                Expecting::Digits => Vec::new(),
                _ => self.prompts.clone(),
            },
            expecting: expecting(self.call.expecting()),
        };
        let Some(hearing) = &mut self.hearing else { return };
        hearing.patience(patience);
        match hearing.hear(&frame.pcm, playing.as_deref(), asked) {
            Some(Noticed::Began) => {
                if self.speaker.is_busy() {
                    self.note(What::BargedIn);
                }
                self.happens(Happened::Began);
                self.speaker.go_on(&mut *self.leg);
            }
            Some(Noticed::Perhaps) => self.speaker.pause(&mut *self.leg),
            Some(Noticed::Nothing) => self.speaker.go_on(&mut *self.leg),
            Some(Noticed::Ended { spoke_until }) => self.spoke_until = Some(spoke_until),
            None => {}
        }
    }

    fn patience(&self) -> Patience {
        match (self.call.expecting(), self.call.pace()) {
            (Expecting::Digits, _) => Patience::Dictating,
            (_, Pace::Slow) => Patience::Slow,
            _ => Patience::Usual,
        }
    }

    /// Typed text may come or go during a call.
    fn look_for_text(&mut self) {
        let has_text = self.leg.has_text();
        if has_text != self.has_text {
            self.has_text = has_text;
            let ability = if has_text { Ability::Present } else { Ability::Absent };
            self.happens(Happened::Text(ability));
        }
    }

    fn heard(&mut self, turn: Turn) {
        match turn.result {
            Ok(transcript) => {
                self.note(match transcript.text.is_empty() {
                    true => What::Unheard,
                    false => What::Heard {
                        sound_ms: turn.sound_ms,
                        text_after_ms: turn.text_after_ms,
                        confidence: transcript.confidence,
                    },
                });
                let (text, others) = (transcript.text, transcript.others);
                self.happens(Happened::Spoke { text, others });
            }
            Err(_) => {
                self.note(What::Unheard);
                self.happens(Happened::Unheard);
            }
        }
    }

    fn came_back(&mut self, errand: Errand) {
        match errand {
            Errand::Told { number, result, presence } => {
                self.answer_comes = true;
                self.happens(Happened::Told { number, result, presence });
            }
            Errand::CallBack(kept) => self.happens(Happened::CallBackKept(kept)),
        }
    }

    /// A sentence has become sound.
    fn play(&mut self) {
        let played = self.speaker.play(&mut *self.leg);
        if !played || !std::mem::take(&mut self.answer_comes) {
            return;
        }
        if let Some(spoke_until) = self.spoke_until.take() {
            let after_ms = milliseconds(spoke_until, Instant::now());
            self.note(What::Answered { after_ms });
        }
    }

    /// Tells the dialogue what happened, and does what it says.
    fn happens(&mut self, what: Happened) {
        for command in self.call.handle(what, self.began.elapsed()) {
            self.carry_out(command);
        }
        self.story.language = self.call.language().clone();
    }

    fn carry_out(&mut self, command: Command) {
        match command {
            Command::Say { text, language, pace } => self.speaker.say(&text, &language, pace),
            Command::Rest(rest) => self.speaker.rest(rest),
            Command::Stop => self.speaker.stop(&mut *self.leg),
            Command::Louder => self.speaker.louder(),
            Command::Type(text) => self.leg.type_out(&text),
            Command::Ask { number, message } => {
                self.note(What::Asked { message: number.to_string() });
                self.answer_comes = false;
                let rooms = self.rooms.clone();
                let inbound = Inbound {
                    address: Address { channel: CHANNEL.into(), key: self.story.call.clone() },
                    message_id: number.to_string(),
                    event: Event::Said(message),
                };
                self.errands.spawn(async move {
                    let result = rooms.inbox.put(inbound).await;
                    Errand::Told { number, result, presence: rooms.lobby.presence() }
                });
            }
            Command::Transfer => {
                if let Some(to) = self.rooms.transfer_to.clone() {
                    self.leg.transfer(&to);
                }
            }
            Command::KeepCallBack(telephone) => {
                let language = self.call.language().clone();
                let wish = CallBack { call: self.story.call.clone(), telephone, language };
                let rooms = self.rooms.clone();
                self.errands.spawn(async move {
                    Errand::CallBack(rooms.ledger.call_back(&wish).await.is_ok())
                });
            }
            Command::Note(note) => self.note(What::Did(note)),
            Command::HangUp => self.leg.hang_up(),
        }
    }

    fn note(&mut self, what: What) {
        let at_ms = milliseconds(self.began, Instant::now());
        self.story.moments.push(Moment { at_ms, what });
    }

    /// Keeps the story. Where it cannot be kept, the conversation still is, turn by turn.
    async fn keep(&mut self) {
        if let Err(error) = self.rooms.ledger.keep(&self.story).await {
            tracing::error!(%error, "a call's story could not be kept");
        }
    }
}

/// The languages that may be spoken: the one that is, then the others.
fn languages(
    call: &Call,
    prompts: &[(bot::LanguageIdentifier, Arc<str>)],
) -> Vec<bot::LanguageIdentifier> {
    let others = prompts.iter().map(|(language, _)| language);
    let others = others.filter(|language| *language != call.language());
    [call.language()].into_iter().chain(others).cloned().collect()
}

fn expecting(expecting: Expecting) -> speech::ears::Expecting {
    match expecting {
        Expecting::Anything => speech::ears::Expecting::Anything,
        Expecting::YesNo => speech::ears::Expecting::YesNo,
        Expecting::Choice => speech::ears::Expecting::Choice,
        Expecting::Digits => speech::ears::Expecting::Digits,
    }
}

fn milliseconds(from: Instant, to: Instant) -> u64 {
    u64::try_from(to.saturating_duration_since(from).as_millis()).unwrap_or(u64::MAX)
}

/// Waits until a moment; for ever when there is none.
async fn at(moment: Option<Instant>) {
    match moment {
        Some(moment) => tokio::time::sleep_until(moment).await,
        None => std::future::pending().await,
    }
}
