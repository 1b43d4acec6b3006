//! Signing in to other people's mail servers without a password: OAuth 2.0 as Microsoft 365 and
//! Google have it. This makes the requests and reads the answers; carrying them over HTTP, and
//! keeping the tokens secret, is somebody else's work.

mod answer;
mod provider;
mod request;
mod sasl;

pub use answer::{Answer, DeviceCode, Meaning, Refusal};
pub use provider::{Provider, Use};
pub use request::{Client, Request};
pub use sasl::{OAUTHBEARER_NO_MORE, oauthbearer, read_challenge, xoauth2};
