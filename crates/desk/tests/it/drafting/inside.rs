//! A server in the house's own networks is not reached unless whoever runs the machine opened them.

use desk::Trust;
use desk::access::Role;
use desk::drafting::{self, Cause, NewSettings};
use outside::{Client, Networks};

use super::server::{Says, Server};
use crate::mail::desk::{SUPPORT, TestDesk};

#[test]
fn the_house_is_not_reached_unless_it_was_opened() {
    for stand in testpg::stands() {
        let trust = Trust {
            client: Some(Client::new(Networks::default(), &[])),
            ..Trust::default()
        };
        let d = TestDesk::trusting(stand.db.clone(), stand.engine, SUPPORT, trust);
        let server = Server::saying(Says::Words("I am ready."));
        let (admin, vault) = (d.person("office@desk.example", Role::Admin), d.desk.vault().clone());
        let cx = d.as_person(admin);
        let new = NewSettings {
            on: true,
            address: server.address(),
            model: "small".into(),
            ..NewSettings::default()
        };
        let by = cx.clone();
        d.write(move |tx| drafting::set(tx, &by, &vault, &new));
        let fault = d.wait(drafting::try_it(&d.desk, &cx)).unwrap().unwrap_err();
        assert_eq!(fault.cause, Cause::Inside, "{fault:?}");
        assert_eq!(server.connections(), 0);
    }
}
