//! Cookies, read and written. Only two exist: the conversation's token and the reader's settings.

use axum::http::{HeaderMap, HeaderValue, header};

/// The first cookie of this name, if there is one. RFC 6265 section 5.4; lenient with spaces.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(key, value)| (key == name).then_some(value))
}

/// Whether a cookie goes over https only.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// Over http as well.
    Any,
    /// Over https only.
    HttpsOnly,
}

/// A `Set-Cookie` value. `days = 0` removes the cookie. Values are ours and hold visible ASCII.
pub fn write(name: &str, value: &str, days: u32, transport: Transport) -> HeaderValue {
    let secure = match transport {
        Transport::HttpsOnly => "; Secure",
        Transport::Any => "",
    };
    let seconds = days * 86_400;
    HeaderValue::from_str(&format!(
        "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}"
    ))
    .expect("our cookies hold visible ASCII only")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn headers(line: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        if let Ok(value) = HeaderValue::from_bytes(line.as_bytes()) {
            headers.insert(header::COOKIE, value);
        }
        headers
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let headers = headers("a=1;wendu-settings=x=y ; wendu-conversation=T; b");
        assert_eq!(read(&headers, "wendu-conversation"), Some("T"));
        assert_eq!(read(&headers, "wendu-settings"), Some("x=y"));
        assert_eq!(read(&headers, "b"), None);
    }

    proptest! {
        #[test]
        fn any_header_can_be_read(line in "\\PC*") {
            let _ = read(&headers(&line), "wendu-conversation");
        }
    }
}
