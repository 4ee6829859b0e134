//! `POST /ask`: says something without script. A question, a choice and the wish for a person are
//! the same form with other words in it.

use std::sync::Arc;

use axum::{body::Body, extract::State, response::Response};

use super::{home, see_other};
use crate::{
    Shared,
    api::{say, start},
    body::Form,
    problem::Trouble,
    token::Token,
    visit::Visit,
};

/// Says something and leads to the answer.
pub(crate) async fn ask(State(shared): State<Arc<Shared>>, visit: Visit, body: Body) -> Response {
    let form = match Form::read(body).await {
        Ok(form) => form,
        Err(trouble) => return home::trouble(&shared, &visit, trouble, "").await,
    };
    match take(&shared, &visit, &form).await {
        Ok(token) => see_other("/#newest", start::remember(&token, &visit)),
        Err(trouble) => {
            let draft = form.get("text").unwrap_or_default();
            home::trouble(&shared, &visit, trouble, draft).await
        }
    }
}

async fn take(shared: &Shared, visit: &Visit, form: &Form) -> Result<Token, Trouble> {
    let text = form.get("text").ok_or(Trouble::BadForm)?;
    if form.is_garbled() {
        return Err(Trouble::BadForm);
    }
    // Browsers send line breaks as CR LF (HTML standard, form submission).
    let text = text.replace("\r\n", "\n");
    let key = form.get("key").and_then(Token::parse);
    let key = key.unwrap_or_else(Token::fresh);
    let own = visit.token.clone();
    let token = own.unwrap_or_else(|| Token::of_first_form(&key));
    if shared.archive.find(&token.address()).await?.is_none() {
        start::greet(shared, &token, visit.language(shared).clone()).await?;
    }
    let message_id = key.form_message(&text);
    say::put(shared, visit, &token, message_id, text).await?;
    Ok(token)
}
