//! The description of the API, made from the handlers themselves, so that it cannot say something else than they do.

use std::sync::LazyLock;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi};

use super::{changes, clock, escalations, events, letters, mailboxes, problem, search, suggestions, tickets};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Firstline",
        description = "The API of the desk. Send a token as `Authorization: Bearer fl_...`; unknown fields are refused; \
            lists answer `{\"items\", \"next\"}`; errors are RFC 9457 problem details; a POST may carry an \
            `Idempotency-Key`.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
    ),
    paths(
        clock::show, tickets::list, tickets::open, tickets::show, tickets::deeds::reply, tickets::deeds::note,
        tickets::deeds::assign, tickets::deeds::solve, tickets::deeds::reopen, tickets::steps::add, tickets::steps::tick,
        tickets::fields::fill, tickets::flow::snooze, tickets::flow::wake, tickets::flow::split, tickets::flow::resend, search::show,
        suggestions::ask, suggestions::of_ticket, suggestions::use_on, suggestions::dismiss,
        letters::list, letters::show, letters::raw, letters::deeds::release,
        letters::deeds::dismiss, letters::deeds::read_again, mailboxes::list, events::list, changes::list, changes::open, changes::show,
        escalations::of_ticket, escalations::hand_over, escalations::accept, escalations::send_back,
    ),
    components(schemas(letters::AttachmentOut, problem::Problem, problem::FieldError)),
    modifiers(&Token),
    security(("token" = [])),
)]
struct Description;

struct Token;

impl Modify for Token {
    fn modify(&self, description: &mut utoipa::openapi::OpenApi) {
        let scheme = SecurityScheme::Http(HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build());
        description
            .components
            .get_or_insert_default()
            .add_security_scheme("token", scheme);
    }
}

static TEXT: LazyLock<String> = LazyLock::new(|| {
    Description::openapi()
        .to_json()
        .expect("a description made of our own types can be written as JSON")
});

pub async fn show() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], TEXT.as_str()).into_response()
}
