//! What requests say in their headers, read into what calls need, and the headers of our answers.

use super::timer::{Agreement, Asked, MIN_SE, Refresher, parse_expires};
use rsipstack::sip::typed::Contact;
use rsipstack::sip::{HasHeaders, Header, HeadersExt, Host, Request};
use std::net::{IpAddr, SocketAddr};

/// What may be asked of us (RFC 3261 section 20.5).
pub(super) const ALLOW: &str = "INVITE, ACK, CANCEL, BYE, OPTIONS, PRACK, UPDATE, INFO, NOTIFY";
/// Extensions that are known here.
pub(super) const SUPPORTED: &str = "100rel, timer";
pub(super) const SDP: &str = "application/sdp";

/// The longest name or number of a caller that is kept.
const LONGEST_USER: usize = 64;

/// All items of a header, over all its lines and commas.
fn items<'a>(message: &'a impl HasHeaders, name: &'a str) -> impl Iterator<Item = &'a str> {
    message
        .headers()
        .iter()
        .filter(move |header| header.name().eq_ignore_ascii_case(name))
        .flat_map(|header| header.value().split(','))
        .map(str::trim)
        .filter(|item| !item.is_empty())
}

/// The first value of a header.
pub(super) fn value<'a>(message: &'a impl HasHeaders, name: &str) -> Option<&'a str> {
    let header = message.headers().iter().find(|header| header.name().eq_ignore_ascii_case(name));
    header.map(|header| header.value().trim())
}

/// Whether a header lists this item.
pub(super) fn lists(message: &impl HasHeaders, name: &str, item: &str) -> bool {
    items(message, name).any(|it| it.eq_ignore_ascii_case(item))
}

/// What the request requires that nobody here knows (RFC 3261 section 8.2.2.3), for `Unsupported`.
pub(super) fn unknown_requirements(request: &Request) -> Option<String> {
    let known = ["100rel", "timer"];
    let unknown: Vec<_> = items(request, "Require")
        .filter(|item| !known.iter().any(|known| known.eq_ignore_ascii_case(item)))
        .collect();
    (!unknown.is_empty()).then(|| unknown.join(", "))
}

/// What a request's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Body {
    None,
    Sdp,
    Other,
}

/// What the request carries.
pub(super) fn body(request: &Request) -> Body {
    if request.body.is_empty() {
        return Body::None;
    }
    let kind = value(request, "Content-Type").or_else(|| value(request, "c")).unwrap_or(SDP);
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let packed = value(request, "Content-Encoding").or_else(|| value(request, "e"));
    if kind.eq_ignore_ascii_case(SDP) && packed.is_none() { Body::Sdp } else { Body::Other }
}

/// Who calls: as the trunk asserts it (RFC 3325), else as `From` says; none where that is withheld.
pub(super) fn caller(request: &Request) -> Option<String> {
    let asserted = items(request, "P-Asserted-Identity").find_map(user);
    let from = value(request, "From").or_else(|| value(request, "f"));
    let private = items(request, "Privacy").any(|it| it.contains("id") || it.contains("user"));
    let caller = asserted.or_else(|| user(from?)).filter(|_| !private)?;
    (!caller.to_ascii_lowercase().starts_with("anonymous")).then_some(caller)
}

/// What was dialled.
pub(super) fn called(request: &Request) -> String {
    user(&request.uri.to_string()).unwrap_or_default()
}

/// The user or number of an address: `+8610` of `"A" <sip:+8610@pbx;user=phone>` or `tel:+8610`.
fn user(address: &str) -> Option<String> {
    let start = ["sip:", "sips:", "tel:"].iter().find_map(|scheme| {
        let at = address.to_ascii_lowercase().find(scheme)?;
        Some((at + scheme.len(), *scheme))
    });
    let (start, scheme) = start?;
    let rest = address.get(start..)?;
    let end = rest.find(['>', ';', '?', ' ', '"']).unwrap_or(rest.len());
    let user = match rest[..end].split_once('@') {
        Some((user, _)) => user.split(':').next().unwrap_or_default(),
        None if scheme == "tel:" => &rest[..end],
        None => return None,
    };
    let user: String = user.chars().filter(|c| !c.is_control()).take(LONGEST_USER).collect();
    (!user.is_empty()).then_some(user)
}

/// The caller's `Contact` as it can be reached: a telephone behind a router gives an address of its
/// own network, and answers where its packets come from (as RFC 3581 does for responses). None where
/// the one it gave will do, or proxies on the way know better.
pub(super) fn reachable_contact(request: &Request, peer: SocketAddr) -> Option<Header> {
    if value(request, "Record-Route").is_some() {
        return None;
    }
    let mut uri = request.typed_contact_headers().ok()?.first()?.uri.clone();
    let Host::IpAddr(given) = uri.host_with_port.host else { return None };
    let local = match given {
        IpAddr::V4(ip) => {
            ip.is_private() || ip.is_loopback() || ip.is_unspecified() || ip.is_link_local()
        }
        IpAddr::V6(ip) => ip.is_unique_local() || ip.is_loopback() || ip.is_unspecified(),
    };
    if !local || given == peer.ip() {
        return None;
    }
    uri.host_with_port = peer.into();
    Some(Contact::from(uri).into())
}

/// What the request says about session timers.
pub(super) fn asked_timer(request: &Request) -> Asked {
    let expires = value(request, "Session-Expires").and_then(parse_expires);
    let refresher = expires.and_then(|(_, refresher)| refresher).map(|refresher| {
        // In a request, `uas` is the side that receives it: us.
        if refresher.eq_ignore_ascii_case("uas") { Refresher::Us } else { Refresher::Them }
    });
    Asked {
        supported: lists(request, "Supported", "timer") || lists(request, "Require", "timer"),
        expires: expires.map(|(seconds, _)| seconds),
        refresher,
        min: value(request, "Min-SE").and_then(|it| it.split(';').next()?.trim().parse().ok()),
    }
}

/// Headers of a 2xx that opens or changes a session.
pub(super) fn of_success(agreement: Agreement) -> Vec<Header> {
    let mut headers = vec![
        Header::Allow(ALLOW.to_owned().into()),
        Header::Supported(SUPPORTED.to_owned().into()),
        Header::SessionExpires(agreement.to_value().into()),
    ];
    if agreement.supported && agreement.refresher == Refresher::Them {
        headers.push(Header::Require("timer".to_owned().into()));
    }
    headers
}

/// The same where a description goes with it.
pub(super) fn of_success_with_sdp(agreement: Agreement) -> Vec<Header> {
    let mut headers = of_success(agreement);
    headers.push(Header::ContentType(SDP.to_owned().into()));
    headers
}

/// Headers of our own refresh.
pub(super) fn of_refresh(agreement: Agreement, min: u32) -> Vec<Header> {
    vec![
        Header::Supported("timer".to_owned().into()),
        Header::SessionExpires(agreement.to_refresh_value().into()),
        Header::MinSE(min.max(MIN_SE).to_string().into()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use rsipstack::sip::SipMessage;

    fn request(headers: &str) -> Request {
        let text = format!(
            "INVITE sip:12345@city.example SIP/2.0\r\nVia: SIP/2.0/UDP h;branch=z9hG4bK1\r\n\
             To: <sip:12345@city.example>\r\nCall-ID: 1\r\nCSeq: 1 INVITE\r\n{headers}Content-Length: 3\r\n\r\nv=0"
        );
        match SipMessage::try_from(text.as_str()).unwrap() {
            SipMessage::Request(request) => request,
            SipMessage::Response(_) => panic!("a request was written"),
        }
    }

    #[test]
    fn the_caller_is_whom_the_trunk_names() {
        let caller = |headers| super::caller(&request(headers));
        assert_eq!(caller("From: \"A\" <sip:+861@pbx;user=phone>;tag=1\r\n"), Some("+861".into()));
        assert_eq!(
            caller("From: <sip:x@pbx>;tag=1\r\nP-Asserted-Identity: <tel:+862>, <sip:y@z>\r\n"),
            Some("+862".into())
        );
        assert_eq!(caller("From: <sip:anonymous@anonymous.invalid>;tag=1\r\n"), None);
        assert_eq!(caller("From: <sip:+861@pbx>;tag=1\r\nPrivacy: id\r\n"), None);
        assert_eq!(caller("From: <sip:pbx.example>;tag=1\r\n"), None);
        assert_eq!(called(&request("")), "12345");
    }

    #[test]
    fn a_contact_behind_a_router_is_where_its_packets_come_from() {
        let peer = "203.0.113.9:40000".parse().unwrap();
        let contact = |headers: &str| {
            reachable_contact(&request(headers), peer).map(|header| header.value().to_owned())
        };
        let private = "Contact: <sip:x@10.0.0.7:5060;ob>\r\n";
        let moved = contact(private).unwrap();
        assert!(moved.contains("sip:x@203.0.113.9:40000"), "{moved}");
        assert_eq!(contact("Contact: <sip:x@198.51.100.1:5060>\r\n"), None);
        assert_eq!(contact("Contact: <sip:x@pbx.city.example>\r\n"), None);
        assert_eq!(contact(&format!("{private}Record-Route: <sip:proxy;lr>\r\n")), None);
        assert_eq!(contact(""), None);
    }

    #[test]
    fn what_is_required_and_not_known_is_named() {
        assert_eq!(unknown_requirements(&request("Require: 100rel, timer\r\n")), None);
        assert_eq!(
            unknown_requirements(&request("Require: foo, timer\r\nRequire: bar\r\n")),
            Some("foo, bar".into())
        );
    }

    #[test]
    fn a_body_is_a_description_only_where_it_says_so() {
        assert_eq!(body(&request("Content-Type: application/sdp; charset=utf-8\r\n")), Body::Sdp);
        assert_eq!(body(&request("Content-Type: multipart/mixed\r\n")), Body::Other);
        assert_eq!(
            body(&request("Content-Type: application/sdp\r\nContent-Encoding: gzip\r\n")),
            Body::Other
        );
    }

    #[test]
    fn timers_are_read_as_our_side_sees_them() {
        let asked = asked_timer(&request(
            "Supported: replaces, timer\r\nSession-Expires: 90;refresher=uas\r\nMin-SE: 60\r\n",
        ));
        assert_eq!(
            asked,
            Asked {
                supported: true,
                expires: Some(90),
                refresher: Some(Refresher::Us),
                min: Some(60)
            }
        );
    }
}
