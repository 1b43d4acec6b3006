//! What a person's record holds, as the rest of the desk sees it. The password never leaves `sign_in`.

use super::preferences::Theme;
use crate::access::Role;
use crate::clock::Time;
use crate::ids::{OrganizationId, PersonId, PhoneId};
use crate::words::Lang;

db::table! {
    #[derive(Clone, Debug)]
    pub struct Person {
        pub id: PersonId,
        pub name: String,
        pub role: Role,
        pub language: Lang,
        pub organization: Option<OrganizationId>,
        pub organization_name: Option<String>,
        /// The main address.
        pub address: Option<String>,
        pub job: String,
        pub site: String,
        /// Among technicians: never shown to the person.
        pub note: String,
        pub suspended: bool,
        pub has_password: bool,
        pub theme: Theme,
        pub single_keys: bool,
        pub zone: Option<String>,
        pub merged_into: Option<PersonId>,
        pub created_at: Time,
    }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct AddressRow { pub address: String, pub main: bool, pub confirmed: bool, pub bounced_at: Option<Time> }
}

db::table! {
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct PhoneRow { pub id: PhoneId, pub number: String, pub digits: String }
}

db::table! {
    /// Somebody a ticket can be given to.
    #[derive(Clone, Debug, PartialEq, Eq)]
    pub struct Technician { pub id: PersonId, pub name: String, pub role: Role }
}
