//! One request's visitor: where they come from, how they like the page, which secret they hold.

use std::{
    convert::Infallible,
    net::{IpAddr, SocketAddr},
    sync::Arc,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, header, request::Parts},
    response::Response,
};
use bot::{LanguageIdentifier, store::ConversationId};

use crate::{
    SecureCookie, Shared,
    cookies::{self, Transport},
    labels::Words,
    preferences::{self, Preferences},
    problem::Trouble,
    token::Token,
};

/// What is known of a visitor from one request.
pub(crate) struct Visit {
    pub(crate) preferences: Preferences,
    /// From `Authorization`, else from the cookie.
    pub(crate) token: Option<Token>,
    /// Unknown when the server does not tell the peer's address.
    pub(crate) ip: Option<IpAddr>,
    pub(crate) transport: Transport,
    headers: HeaderMap,
}

impl FromRequestParts<Arc<Shared>> for Visit {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Self::Rejection> {
        Ok(Visit::of(parts, shared))
    }
}

impl Visit {
    pub(crate) fn of(parts: &Parts, shared: &Shared) -> Self {
        let headers = &parts.headers;
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>();
        let peer = peer.map(|info| info.0.ip().to_canonical());
        let proxies = &shared.settings.trusted_proxies;
        let proxied = peer.is_some_and(|ip| proxies.contains(&ip));
        let https = proxied && text(headers, "x-forwarded-proto") == Some("https");
        let mut preferences = Preferences::default();
        preferences.read(cookies::read(headers, cookies::SETTINGS).unwrap_or_default());
        preferences.read(parts.uri.query().unwrap_or_default());
        Visit {
            preferences,
            token: bearer(headers)
                .or_else(|| cookies::read(headers, cookies::CONVERSATION))
                .and_then(Token::parse),
            ip: if proxied { forwarded_for(headers, proxies).or(peer) } else { peer },
            transport: match shared.settings.secure_cookie {
                SecureCookie::Always => Transport::HttpsOnly,
                SecureCookie::Auto if https => Transport::HttpsOnly,
                SecureCookie::Auto | SecureCookie::Never => Transport::Any,
            },
            headers: headers.clone(),
        }
    }

    /// The language of this visitor's page: one that both the pack and the labels speak.
    pub(crate) fn language<'a>(&self, shared: &'a Shared) -> &'a LanguageIdentifier {
        let any = shared.labels.languages().next();
        let pack = shared.lobby.welcome(any.unwrap_or(&LanguageIdentifier::default()));
        let mut offered: Vec<&LanguageIdentifier> = pack
            .languages
            .iter()
            .filter_map(|wanted| {
                shared.labels.languages().find(|label| label.language == wanted.language)
            })
            .collect();
        if offered.is_empty() {
            offered.extend(shared.labels.languages());
        }
        preferences::language(self.preferences.language.as_ref(), &self.headers, &offered)
    }

    /// The page's words in this visitor's language.
    pub(crate) fn words<'a>(&self, shared: &'a Shared) -> &'a Words {
        shared.labels.of(self.language(shared))
    }

    /// A problem as the API tells it.
    pub(crate) fn problem(&self, shared: &Shared, trouble: Trouble) -> Response {
        trouble.problem(self.words(shared))
    }

    /// The conversation that the visitor's secret opens, if there is one.
    pub(crate) async fn conversation(
        &self,
        shared: &Shared,
    ) -> Result<Option<ConversationId>, Trouble> {
        match &self.token {
            Some(token) => Ok(shared.archive.find(&token.address()).await?),
            None => Ok(None),
        }
    }

    /// Proves that the visitor may see this conversation. Others' and unknown ones are told alike.
    pub(crate) async fn open(&self, shared: &Shared, id: String) -> Result<Opened, Trouble> {
        let token = self.token.clone().ok_or(Trouble::NotFound)?;
        match self.conversation(shared).await? {
            Some(mine) if mine.0 == id => Ok(Opened { id: mine, token }),
            _ => Err(Trouble::NotFound),
        }
    }
}

/// A conversation and the secret that opened it.
pub(crate) struct Opened {
    pub(crate) id: ConversationId,
    pub(crate) token: Token,
}

fn text<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let value = text(headers, header::AUTHORIZATION.as_str())?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The last address in `X-Forwarded-For` that is not one of our own proxies: what stands before it
/// was written by the visitor and proves nothing.
fn forwarded_for(headers: &HeaderMap, proxies: &[IpAddr]) -> Option<IpAddr> {
    let lines: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|line| line.to_str().ok()).collect();
    lines
        .iter()
        .rev()
        .flat_map(|line| line.rsplit(','))
        .map_while(|part| part.trim().parse::<IpAddr>().ok())
        .find(|ip| !proxies.contains(ip))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_address_our_own_proxy_saw_is_believed() {
        let mut headers = HeaderMap::new();
        let proxies = ["10.0.0.1".parse().unwrap()];
        assert_eq!(forwarded_for(&headers, &proxies), None);
        headers.insert("x-forwarded-for", "6.6.6.6, 203.0.113.9, 10.0.0.1".parse().unwrap());
        assert_eq!(forwarded_for(&headers, &proxies), Some("203.0.113.9".parse().unwrap()));
        headers.insert("x-forwarded-for", "6.6.6.6, nonsense".parse().unwrap());
        assert_eq!(forwarded_for(&headers, &proxies), None);
    }

    #[test]
    fn a_bearer_token_is_read_in_any_case() {
        let mut headers = HeaderMap::new();
        headers.insert(header::AUTHORIZATION, "bearer abc".parse().unwrap());
        assert_eq!(bearer(&headers), Some("abc"));
        headers.insert(header::AUTHORIZATION, "Basic abc".parse().unwrap());
        assert_eq!(bearer(&headers), None);
    }
}
