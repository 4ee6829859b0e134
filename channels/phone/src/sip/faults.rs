//! Faults of a request that the stack drops without a word, or takes and cannot finish: said to who
//! sent it (RFC 4475 names them). What can be understood all the same is left alone.

/// The largest number of a request (RFC 3261 section 8.1.1.5).
const LARGEST_CSEQ: u64 = 1 << 31;

/// The headers that every request has, by their long and short names.
const NEEDED: [&str; 5] = ["via", "from", "to", "call-id", "cseq"];

/// The headers that come once at most.
const SINGLE: [&str; 6] = ["from", "to", "call-id", "cseq", "max-forwards", "content-length"];

/// The status by which a request with a fault is refused. None for what is sound, for responses, and
/// for what is no SIP at all, as the empty lines by which a way is kept open.
pub(super) fn fault(message: &[u8]) -> Option<&'static str> {
    const BAD: Option<&str> = Some("400 Bad Request");
    let end = message.windows(4).position(|end| end == b"\r\n\r\n")?;
    let head = String::from_utf8_lossy(&message[..end]);
    let mut lines = head.split("\r\n");
    let first = lines.next()?.trim_end();
    if !first.ends_with("SIP/2.0") || first.starts_with("SIP/2.0") {
        return None;
    }
    let parts: Vec<&str> = first.split(' ').collect();
    let &[method, uri, _] = parts.as_slice() else { return BAD };
    let (scheme, _) = uri.trim_start_matches('<').split_once(':').unwrap_or_default();
    if !["sip", "sips", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known)) {
        return Some("416 Unsupported URI Scheme");
    }
    let headers = headers(lines);
    let named = |name: &'static str| {
        headers.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    };
    let misses = NEEDED.iter().any(|name| named(name).next().is_none());
    let doubles = SINGLE.iter().any(|name| named(name).count() > 1);
    let counted = named("cseq").all(|value| is_sequence(value, method));
    // The stack wants a tag, as RFC 3261 does; before it there was none.
    let tagged = named("from").all(|from| {
        let mut parameters = from.rsplit('>').next().unwrap_or(from).split(';');
        parameters.any(|one| one.trim_start().to_ascii_lowercase().starts_with("tag"))
    });
    let body = message.len() - end - 4;
    let fits = named("content-length").all(|length| length.parse().is_ok_and(|n: usize| n <= body));
    if misses || doubles || !tagged || !counted || !fits { BAD } else { None }
}

/// Names in small letters and long form, values whole where they were folded.
fn headers<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<(String, String)> {
    let mut headers: Vec<(String, String)> = Vec::new();
    for line in lines {
        if line.starts_with([' ', '\t']) {
            if let Some((_, value)) = headers.last_mut() {
                *value = format!("{value} {}", line.trim()).trim().to_owned();
            }
            continue;
        }
        let (name, value) = line.split_once(':').unwrap_or((line, ""));
        let name = match name.trim().to_ascii_lowercase().as_str() {
            "v" => "via".to_owned(),
            "f" => "from".to_owned(),
            "t" => "to".to_owned(),
            "i" => "call-id".to_owned(),
            "l" => "content-length".to_owned(),
            name => name.to_owned(),
        };
        headers.push((name, value.trim().to_owned()));
    }
    headers
}

/// Whether it is a number in its bounds and this method.
fn is_sequence(value: &str, method: &str) -> bool {
    let mut parts = value.split_whitespace();
    let number = parts.next().and_then(|number| number.parse::<u64>().ok());
    number.is_some_and(|number| number < LARGEST_CSEQ)
        && parts.next() == Some(method)
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const GOOD: &str = "INVITE sip:a@b SIP/2.0\r\nv: SIP/2.0/UDP h\r\nFrom : <sip:c@d>; Tag=1\r\n\
        t: <sip:a@b>\r\ni: 5\r\nCSeq: 1\r\n INVITE\r\nl: 4\r\n\r\nbody";

    #[test]
    fn what_is_sound_passes_and_each_fault_has_its_answer() {
        assert_eq!(fault(GOOD.as_bytes()), None);
        for (from, to, status) in [
            ("sip:a@b S", "sip:a@b  S", "400 Bad Request"),
            ("sip:a@b S", "mailto:a@b S", "416 Unsupported URI Scheme"),
            ("l: 4", "l: 5", "400 Bad Request"),
            ("l: 4", "l: -4", "400 Bad Request"),
            ("l: 4", "l: 4\r\nContent-Length: 4", "400 Bad Request"),
            ("\r\n INVITE", " OPTIONS", "400 Bad Request"),
            ("CSeq: 1", "CSeq: 4294967296", "400 Bad Request"),
            ("i: 5", "x: 5", "400 Bad Request"),
            ("; Tag=1", "", "400 Bad Request"),
        ] {
            let bad = GOOD.replacen(from, to, 1);
            assert_ne!(bad, GOOD);
            assert_eq!(fault(bad.as_bytes()), Some(status), "{bad}");
        }
    }

    #[test]
    fn responses_and_what_keeps_a_way_open_pass() {
        for passes in ["SIP/2.0 200 OK\r\n\r\n", "\r\n\r\n", "", "INVITE sip:a@b SIP/7.0\r\n\r\n"] {
            assert_eq!(fault(passes.as_bytes()), None, "{passes}");
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_judged(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let _ = fault(&bytes);
            let _ = fault(&[GOOD.as_bytes(), &bytes].concat());
            let _ = fault(&[b"INVITE sip:a@b SIP/2.0\r\n", bytes.as_slice(), b"\r\n\r\n"].concat());
        }
    }
}
