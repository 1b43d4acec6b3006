//! The lines of `/team/skills` and `/team/practice`: what is somebody's own is asked about by number, and nobody here has it;
//! who reads a page that is there stands in `pages/skills.rs`.

use super::Rule::{self, Keeps, Lead, Nobody, Staff};

pub(in crate::access) const LINES: &[(&str, &str, Rule)] = &[
    ("GET", "/team/skills", Lead),
    ("POST", "/team/skills/targets/{id}", Nobody),
    ("GET", "/team/skills/me", Staff),
    ("POST", "/team/skills/me/begin", Staff),
    ("POST", "/team/skills/me/answer", Staff),
    ("POST", "/team/skills/me/finish", Staff),
    ("GET", "/team/skills/people/{id}", Nobody),
    ("POST", "/team/skills/people/{id}/level", Nobody),
    ("POST", "/team/skills/people/{id}/skill", Nobody),
    ("POST", "/team/skills/certifications", Staff),
    ("GET", "/team/skills/certifications/{id}", Nobody),
    ("POST", "/team/skills/certifications/{id}", Nobody),
    ("POST", "/team/skills/certifications/{id}/remove", Nobody),
    ("POST", "/team/skills/certifications/{id}/restore", Nobody),
    ("GET", "/team/skills/list", Staff),
    ("POST", "/team/skills/list", Keeps),
    ("GET", "/team/skills/list/{id}", Nobody),
    ("POST", "/team/skills/list/{id}", Nobody),
    ("POST", "/team/skills/list/{id}/retire", Nobody),
    ("POST", "/team/skills/list/{id}/restore", Nobody),
    ("GET", "/team/practice", Staff),
    ("POST", "/team/practice", Lead),
    ("GET", "/team/practice/{id}", Nobody),
    ("POST", "/team/practice/{id}", Nobody),
    ("POST", "/team/practice/{id}/learnt", Nobody),
    ("POST", "/team/practice/{id}/comment", Nobody),
    ("POST", "/team/practice/{id}/remove", Nobody),
    ("POST", "/team/practice/{id}/restore", Nobody),
];
