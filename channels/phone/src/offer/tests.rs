//! What is offered, and what comes of it.

use super::*;
use proptest::prelude::*;

fn abilities() -> Abilities {
    Abilities { codecs: Codec::ALL.to_vec(), encryption: Encryption::Offered, text: true }
}

fn negotiator(abilities: Abilities) -> Negotiator {
    let receives = Receives { address: [203, 0, 113, 5].into(), audio: 20_000, text: 20_002 };
    Negotiator::new(abilities, receives)
}

fn offer(media: &str) -> Description {
    let head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
    Description::parse(format!("{head}{media}").as_bytes()).unwrap()
}

#[track_caller]
fn answer(abilities: Abilities, media: &str) -> (Agreed, Description) {
    let (agreed, written) = negotiator(abilities).answer(&offer(media)).unwrap();
    let read = Description::parse(written.as_bytes()).unwrap();
    assert_eq!(read.media.len(), offer(media).media.len(), "one line for each offered");
    (agreed, read)
}

const G711: &str = "m=audio 4000 RTP/AVP 0 8 101\r\na=rtpmap:101 telephone-event/8000\r\n";

#[test]
fn an_ordinary_phone_gets_its_codec_and_its_keys() {
    let (agreed, answer) = answer(abilities(), G711);
    let audio = agreed.audio.unwrap();
    assert_eq!(audio.accepts, Accepts { codec: Codec::Pcma, payload_type: 8, keys: Some(101) });
    assert_eq!(audio.path.target, "192.0.2.1:4000".parse().ok());
    assert_eq!(answer.media[0].target(), "203.0.113.5:20000".parse().ok());
    assert_eq!(answer.media[0].written_formats, "8 101");
    assert_eq!(answer.media[0].direction, Direction::SendRecv);
}

#[test]
fn the_best_codec_is_taken_with_the_keys_of_its_clock() {
    let media = "m=audio 4000 RTP/AVP 0 9 111 101 110\r\na=rtpmap:111 opus/48000/2\r\n\
        a=rtpmap:101 telephone-event/8000\r\na=rtpmap:110 telephone-event/48000\r\n";
    let audio = |codecs: &[Codec]| {
        let abilities = Abilities { codecs: codecs.to_vec(), ..abilities() };
        answer(abilities, media).0.audio.unwrap().accepts
    };
    let opus = Accepts { codec: Codec::Opus, payload_type: 111, keys: Some(110) };
    assert_eq!(audio(&Codec::ALL), opus);
    let g722 = Accepts { codec: Codec::G722, payload_type: 9, keys: Some(101) };
    assert_eq!(audio(&[Codec::G722, Codec::Pcmu]), g722);
}

#[test]
fn what_nobody_here_speaks_is_not_acceptable() {
    for media in [
        "m=audio 4000 RTP/AVP 18\r\n",
        "m=video 4000 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
        "m=audio 0 RTP/AVP 0\r\n",
        "m=audio 4000 UDP/TLS/RTP/SAVPF 0\r\na=fingerprint:sha-256 AA\r\n",
        "m=audio 4000 RTP/SAVP 0\r\n",
        "m=audio 4000 RTP/SAVP 0\r\na=crypto:1 F8_128_HMAC_SHA1_80 inline:AAAA\r\n",
    ] {
        assert_eq!(
            negotiator(abilities()).answer(&offer(media)).err(),
            Some(NotAcceptable),
            "{media}"
        );
    }
}

#[test]
fn video_beside_sound_is_refused_and_the_call_is_taken() {
    let media = format!("m=video 4002 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n{G711}{G711}");
    let (agreed, answer) = answer(abilities(), &media);
    assert!(agreed.audio.is_some());
    let ports: Vec<_> = answer.media.iter().map(|media| media.port).collect();
    assert_eq!(ports, [0, 20_000, 0]);
}

#[test]
fn hold_is_answered_by_its_mirror() {
    for (theirs, ours) in [
        ("a=sendonly\r\n", Direction::RecvOnly),
        ("a=recvonly\r\n", Direction::SendOnly),
        ("a=inactive\r\n", Direction::Inactive),
        ("c=IN IP4 0.0.0.0\r\n", Direction::RecvOnly),
        ("", Direction::SendRecv),
    ] {
        // The connection line goes before attributes.
        let media = format!("m=audio 4000 RTP/AVP 0\r\n{theirs}");
        let (agreed, answer) = answer(abilities(), &media);
        assert_eq!(agreed.audio.unwrap().path.direction, ours, "{theirs}");
        assert_eq!(answer.media[0].direction, ours);
    }
}

fn secure(theirs: &[&Crypto]) -> String {
    let lines: String = theirs.iter().map(|it| format!("a=crypto:{}\r\n", it.to_value())).collect();
    format!("m=audio 4000 RTP/SAVP 0\r\n{lines}")
}

#[test]
fn encrypted_sound_is_taken_with_the_best_cipher_and_keeps_its_key() {
    let (weak, good) = (Crypto::new(1, Suite::Aes128Sha1_32), Crypto::new(2, Suite::Aes128Sha1_80));
    let media = secure(&[&weak, &good]);
    let mut negotiator = negotiator(abilities());
    let (first, written) = negotiator.answer(&offer(&media)).unwrap();
    let keys = first.audio.clone().unwrap().path.crypto.unwrap();
    assert_eq!(keys.theirs, good);
    let read = Description::parse(written.as_bytes()).unwrap();
    assert_eq!(read.media[0].crypto, [keys.ours]);
    let (again, written_again) = negotiator.answer(&offer(&media)).unwrap();
    assert_eq!(again, first);
    assert!(written.contains(" 1 IN IP4 ") && written_again.contains(" 2 IN IP4 "));
}

#[test]
fn encryption_is_as_the_settings_want_it() {
    let of = |encryption| Abilities { encryption, ..abilities() };
    let secure = offer(&secure(&[&Crypto::new(1, Suite::Aes128Sha1_80)]));
    let plain = offer(G711);
    assert!(negotiator(of(Encryption::Never)).answer(&secure).is_err());
    assert!(negotiator(of(Encryption::Never)).answer(&plain).is_ok());
    assert!(negotiator(of(Encryption::Required)).answer(&secure).is_ok());
    assert!(negotiator(of(Encryption::Required)).answer(&plain).is_err());
}

const TEXT: &str = "m=text 4004 RTP/AVP 100 98\r\na=rtpmap:98 t140/1000\r\n\
    a=rtpmap:100 red/1000\r\na=fmtp:100 98/98/98\r\n";

#[test]
fn text_goes_with_sound_or_alone() {
    let (agreed, answer_to_both) = answer(abilities(), &format!("{G711}{TEXT}"));
    let text = agreed.text.unwrap();
    assert_eq!((text.payload_type, text.redundant), (98, Some(100)));
    assert_eq!(answer_to_both.media[1].port, 20_002);
    assert!(answer(abilities(), TEXT).0.audio.is_none());
    let voice_only = Abilities { text: false, ..abilities() };
    assert_eq!(answer(voice_only, &format!("{G711}{TEXT}")).1.media[1].port, 0);
}

#[test]
fn our_own_offer_is_understood_by_ourselves() {
    for encryption in [Encryption::Offered, Encryption::Required] {
        let abilities = Abilities { encryption, ..abilities() };
        let (mut ours, mut theirs) = (negotiator(abilities.clone()), negotiator(abilities));
        let offer = Description::parse(ours.offer().as_bytes()).unwrap();
        let (they_agree, answer) = theirs.answer(&offer).unwrap();
        let we_agree = ours.answered(&Description::parse(answer.as_bytes()).unwrap()).unwrap();
        let (us, them) = (we_agree.audio.unwrap(), they_agree.audio.unwrap());
        assert_eq!(us.accepts, them.accepts);
        assert_eq!(us.accepts.codec, Codec::Opus);
        let keys = |keys: Option<Keys>| keys.map(|keys| (keys.ours, keys.theirs));
        let mirrored = keys(them.path.crypto).map(|(a, b)| (b, a));
        assert_eq!(keys(us.path.crypto), mirrored);
        assert!(we_agree.text.is_some() && they_agree.text.is_some());
    }
}

proptest! {
    #[test]
    fn any_offer_gets_an_answer_that_can_be_read(
        lines in prop::collection::vec(
            prop_oneof![
                Just("m=audio 4000 RTP/AVP 0 8 9 13 101\r\n".to_owned()),
                Just("m=text 4000 RTP/SAVP 98 99\r\n".to_owned()),
                Just("m=audio 4000 RTP/SAVP 0\r\n".to_owned()),
                Just("a=rtpmap:98 t140/1000\r\n".to_owned()),
                Just("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0RmdmcmVCspeEc3QGZiNWpVLFJhQX1cfHAwJSoj\r\n".to_owned()),
                "a=[a-z:0-9 /]{0,20}\r\n",
                "m=[a-z]{0,6} [0-9]{0,6} [A-Z/]{0,9} [0-9 ]{0,9}\r\n",
            ],
            0..12,
        ),
    ) {
        let head = "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
        if let Ok(offer) = Description::parse((head.to_owned() + &lines.concat()).as_bytes())
            && let Ok((_, answer)) = negotiator(abilities()).answer(&offer)
        {
            let answer = Description::parse(answer.as_bytes());
            prop_assert!(answer.is_ok_and(|answer| answer.media.len() == offer.media.len()));
        }
    }
}
