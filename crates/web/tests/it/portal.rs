//! The portal as requesters use it: whole journeys, what is refused, and what must never be seen there.

mod answers;
mod asking;
mod chat;
mod fields;
mod help;
mod help_article;
mod help_asking;
mod help_programs;
mod journey;
mod keyed;
mod outages;
mod pages;
mod rating;
mod requests;
mod sign_in;
mod stand;
