//! Identifiers, whole and in part, and the neighbours that must not be found.

use crate::{en, ids, index, set};
use search::{Document, Index};

fn desk() -> Index {
    index([
        en(1, "Laptop", "Serial number 5CG1234XYZ, model EliteBook."),
        en(2, "Docking station", "MAC address AA:BB:CC:1D:2E:3F on the label."),
        en(3, "Switch port", "Learned aabb.cc99.0001 on port 12."),
        en(4, "Printer offline", "It answers at 192.168.1.10, gateway 192.168.1.1."),
        en(5, "Camera offline", "It answers at 192.168.11.0."),
        en(6, "IPv6", "ping 2001:0db8:0000:0000:0000:0000:0000:0042 fails"),
        en(7, "Update fails", "Error 0x80070005 while installing KB5034441."),
        en(8, "Browser", "The page says ERR_CONNECTION_RESET."),
        en(9, "Database", "ORA-00942: table or view does not exist"),
        en(
            10,
            "Remote desktop",
            "Cannot reach prnsrv01.cedar.example or FILE-SRV-02.",
        ),
        en(
            11,
            "Macro",
            r"Opens C:\Finance\Reports\budget_2026-v2.xlsx and \\filesrv\public.",
        ),
        en(12, "Mail", "Bounces from payroll.office+it@cedar.example today"),
        en(13, "Phone", "Call back at +1 (613) 555-0123 after ten."),
        en(14, "Phone", "Call back at 613-555-0199."),
        en(15, "Téléphone", "Rappeler au 01 23 45 67 89."),
        en(
            16,
            "Service",
            "See /var/log/cups/error_log and https://intranet.cedar.example/help?id=7731",
        ),
        Document {
            words: vec!["ZQWXKJ".into(), "hot-desk".into()],
            ..en(17, "Tagged", "Nothing else.")
        },
        en(
            18,
            "Nothing special",
            "An ordinary text about windows and connections, with 12 words.",
        ),
        en(19, "Bare", "00:1a:2b:3c:4d:5e"),
    ])
}

#[test]
fn found_whole_however_they_are_punctuated() {
    let desk = desk();
    for (asked, found) in [
        ("5CG1234XYZ", 1),
        ("5cg1234xyz", 1),
        ("AA:BB:CC:1D:2E:3F", 2),
        ("aa-bb-cc-1d-2e-3f", 2),
        ("aabb.cc1d.2e3f", 2),
        ("aabbcc1d2e3f", 2),
        ("aa:bb:cc:99:00:01", 3),
        ("192.168.1.10", 4),
        ("192.168.11.0", 5),
        ("2001:db8::42", 6),
        ("2001:0DB8:0000:0000:0000:0000:0000:0042", 6),
        ("0x80070005", 7),
        ("80070005", 7),
        ("KB5034441", 7),
        ("err_connection_reset", 8),
        ("ORA-00942", 9),
        ("ora00942", 9),
        ("prnsrv01.cedar.example", 10),
        ("file-srv-02", 10),
        (r"C:\Finance\Reports\budget_2026-v2.xlsx", 11),
        ("c:/finance/reports/budget_2026-v2.xlsx", 11),
        ("budget_2026-v2.xlsx", 11),
        ("payroll.office+it@cedar.example", 12),
        ("+1 (613) 555-0123", 13),
        ("613-555-0123", 13),
        ("(613) 555 0123", 13),
        ("6135550123", 13),
        ("16135550123", 13),
        ("613.555.0123", 13),
        ("+1 613 555 0199", 14),
        ("01 23 45 67 89", 15),
        ("0123456789", 15),
        ("/var/log/cups/error_log", 16),
        ("https://intranet.cedar.example/help?id=7731", 16),
        ("zqwxkj", 17),
        ("001a2b3c4d5e", 19),
        ("001A.2B3C.4D5E", 19),
    ] {
        assert_eq!(ids(&desk, asked), [found], "{asked}");
    }
}

#[test]
fn found_in_part() {
    let desk = desk();
    for (asked, found) in [
        // beginnings
        ("5CG12", &[1][..]),
        ("aa:bb:cc", &[2, 3]),
        ("aabb.cc", &[2, 3]),
        ("192.168.1.", &[4, 5]),
        ("192.168.11", &[5]),
        ("0x8007", &[7]),
        ("KB503", &[7]),
        ("ora-009", &[9]),
        ("prnsrv", &[10]),
        ("613-555", &[13, 14]),
        // ends
        ("234XYZ", &[1]),
        ("1d:2e:3f", &[2]),
        ("2e3f", &[2]),
        ("1.10", &[4]),
        ("70005", &[7]),
        ("5034441", &[7]),
        ("connection_reset", &[8]),
        ("00942", &[9]),
        ("cedar.example", &[10, 12, 16]),
        ("srv-02", &[10]),
        ("v2.xlsx", &[11]),
        ("@cedar.example", &[10, 12, 16]),
        ("555 0123", &[13]),
        ("555-0123", &[13]),
        ("0199", &[14]),
        ("error_log", &[16]),
        // inner runs
        ("G1234X", &[1]),
        ("bbcc1d", &[2]),
        ("168.1.1", &[4]),
        ("db8::", &[6]),
        ("0700", &[7]),
        ("7000", &[7]),
        (r"reports\budget", &[11]),
        ("5550", &[13, 14]),
        ("log/cups", &[16]),
        ("qwxk", &[17]),
        // beside words
        ("update 70005", &[7]),
        ("error 0x80070005", &[7]),
        ("error:0x80070005", &[7]),
        ("phone 555 0199", &[14]),
    ] {
        assert_eq!(set(&desk, asked), found, "{asked}");
    }
}

#[test]
fn neighbours_are_not_found() {
    let desk = desk();
    for asked in [
        "5CG1234XYA",
        "5CG1234YXZ",
        "AA:BB:CC:1D:2E:40",
        "192.168.1.11",
        "192.168.110",
        "2001:db8::43",
        "0x80070006",
        "80070050",
        "KB5034442",
        "ORA-00943",
        "prnsrv02",
        "budget_2027",
        "613-555-0124",
        "555 0124",
        "01 23 45 67 88",
        "error_logs_x",
        "zqwxkk1",
        // the end of one identifier and the beginning of the next
        "0005kb50",
        "10192",
    ] {
        assert_eq!(ids(&desk, asked), [0; 0], "{asked}");
    }
}

#[test]
fn the_whole_ranks_above_the_part() {
    let index = index([
        en(1, "Part", "SN 77AB1234-0 seen again and again, 77AB1234-0, 77AB1234-0"),
        en(
            2,
            "Whole",
            "A longer text that names 77AB1234 once, among many other words, at its end.",
        ),
        en(3, "Part", "SN X77AB12345"),
    ]);
    assert_eq!(ids(&index, "77ab1234")[0], 2);
    assert_eq!(set(&index, "77ab1234"), [1, 2, 3]);
}
