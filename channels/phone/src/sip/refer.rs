//! Blind transfer (RFC 3515): whom we may be sent to call by, and what the other side tells of how
//! it went. When it is asked for is the call's affair.

use super::headers::value;
use rsipstack::sip::Request;

/// What a NOTIFY tells of a transfer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Progress {
    /// The status of the other side's own call.
    pub(super) status: u16,
    /// Whether nothing more will be told.
    pub(super) last: bool,
}

/// Reads a NOTIFY of the event `refer` (section 2.4.5); none where it tells nothing of a transfer.
pub(super) fn progress(notify: &Request) -> Option<Progress> {
    let event = value(notify, "Event").or_else(|| value(notify, "o"))?;
    if !event.split(';').next()?.trim().eq_ignore_ascii_case("refer") {
        return None;
    }
    let state = value(notify, "Subscription-State").unwrap_or_default().to_ascii_lowercase();
    let status = status(&notify.body)?;
    Some(Progress { status, last: state.starts_with("terminated") || status >= 200 })
}

/// The status in a `message/sipfrag` (RFC 3420).
fn status(fragment: &[u8]) -> Option<u16> {
    let line = fragment.split(|byte| *byte == b'\n').next()?;
    let line = std::str::from_utf8(line).ok()?.strip_prefix("SIP/2.0 ")?;
    line.split_ascii_whitespace().next()?.parse().ok().filter(|status| (100..700).contains(status))
}

/// The address of a transfer as a `Refer-To`, if the settings allow it and it is nothing but one.
pub(super) fn target(to: &str, prefixes: &[String]) -> Option<String> {
    let allowed = prefixes.iter().any(|prefix| !prefix.is_empty() && to.starts_with(prefix));
    let schemed = ["sip:", "sips:", "tel:"].iter().any(|scheme| to.starts_with(scheme));
    // Nothing that could end the address and begin something else.
    let plain =
        to.chars().all(|c| c.is_ascii_graphic() && !matches!(c, '<' | '>' | '"' | ',' | '?'));
    (allowed && schemed && plain && to.len() < 256).then(|| format!("<{to}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn transfer_goes_only_where_the_settings_allow() {
        let prefixes = ["tel:+8610".to_owned(), "sip:desk@".to_owned()];
        let target = |to| target(to, &prefixes);
        assert_eq!(target("tel:+86101234"), Some("<tel:+86101234>".into()));
        assert_eq!(target("sip:desk@pbx"), Some("<sip:desk@pbx>".into()));
        for refused in
            ["tel:+1900", "+86101234", "sip:desk@pbx>\r\nX: y", "sip:desk@pbx?Replaces=1", ""]
        {
            assert_eq!(target(refused), None, "{refused}");
        }
        assert_eq!(super::target("tel:+1", &[]), None);
        assert_eq!(super::target("tel:+1", &[String::new()]), None);
    }

    #[test]
    fn the_status_line_of_a_fragment_is_read() {
        assert_eq!(status(b"SIP/2.0 100 Trying\r\n"), Some(100));
        assert_eq!(status(b"SIP/2.0 603"), Some(603));
        assert_eq!(status(b"SIP/2.0 99999 x"), None);
        assert_eq!(status(b"\xff"), None);
    }
}
