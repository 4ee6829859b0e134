//! An account at a registrar: digest, renewal, and calls from there.

use super::peer::{Message, Peer};
use super::support::{event, free_address};
use phone::Line;
use phone::leg::LegEvent;

/// A registrar that asks for a password once, and grants two seconds.
async fn grant(registrar: &mut Peer) -> Message {
    let asked = registrar.asked("REGISTER").await;
    if asked.header("Authorization").is_none() {
        let challenge = "WWW-Authenticate: Digest realm=\"pbx\", nonce=\"abc\", qop=\"auth\"\r\n";
        registrar.answer(&asked, "401 Unauthorized", challenge).await;
        return Box::pin(grant(registrar)).await;
    }
    let contact = asked.header("Contact").unwrap().to_owned();
    let granted = format!("Contact: {contact};expires=2\r\nExpires: 2\r\n");
    registrar.answer(&asked, "200 OK", &granted).await;
    asked
}

#[tokio::test]
async fn an_account_is_registered_renewed_and_given_back_and_its_calls_are_taken() {
    let sip = free_address();
    let mut registrar = Peer::new(sip).await;
    let at = registrar.socket.local_addr().unwrap();
    let settings = format!(
        "[sip]\nudp = \"{sip}\"\n[rtp]\nlisten = \"127.0.0.1\"\n[[trunks]]\nname = \"pbx\"\n\
         [trunks.register]\nregistrar = \"sip:{at}\"\nuser = \"wendu\"\npassword = \"geheim\"\n"
    );
    let settings: phone::PhoneSettings = toml::from_str(&settings).unwrap();
    settings.check().unwrap();
    let (line, mut calls) = Line::open(&settings).await.unwrap();
    let first = grant(&mut registrar).await;
    let credentials = first.header("Authorization").unwrap();
    assert!(credentials.contains("username=\"wendu\"") && credentials.contains("response="));
    assert!(!first.0.contains("geheim"));
    assert!(first.header("To").unwrap().contains("wendu@"));
    // In time, before two seconds are over.
    let renewed = grant(&mut registrar).await;
    assert_ne!(renewed.header("CSeq"), first.header("CSeq"));
    let offer = registrar.sdp("");
    registrar.call("", &offer).await;
    let mut call = calls.recv().await.unwrap();
    assert_eq!(call.about().line, "pbx");
    assert_eq!(registrar.ask("BYE", "", "").await.status(), 200);
    assert!(matches!(event(&mut call).await, LegEvent::Ended(_)));
    let shutting = tokio::spawn(line.shut());
    let given_back = loop {
        let asked = registrar.asked("REGISTER").await;
        let last = asked.header("Expires") == Some("0");
        registrar.answer(&asked, "200 OK", "Expires: 0\r\n").await;
        if last {
            break asked;
        }
    };
    assert!(given_back.header("Contact").unwrap().contains("wendu@"));
    shutting.await.unwrap();
}
