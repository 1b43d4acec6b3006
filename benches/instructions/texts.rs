//! The fixed input: what is counted must be the same everywhere and for years.

/// A letter as offices send them: encoded words, both kinds of text, a picture that is named in it.
pub(crate) fn letter() -> Vec<u8> {
    let picture = "iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4\r\n".repeat(60);
    let plain: String = (0..12)
        .map(|n| format!("{}\r\n", body(n).replace('é', "=C3=A9").replace('à', "=C3=A0")))
        .collect();
    format!(
        "Received: from mail.branch.example by desk.example with ESMTP; Wed, 18 Nov 2026 09:58:02 -0500\r\n\
         Received: from [192.0.2.7] by mail.branch.example; Wed, 18 Nov 2026 09:58:00 -0500\r\n\
         From: =?UTF-8?Q?Comptabilit=C3=A9_de_C=C3=A8dre?= <compta@branch.example>\r\n\
         To: Support <support@desk.example>, \"Payroll office\" <payroll@branch.example>\r\n\
         Cc: larch@branch.example\r\n\
         Subject: =?UTF-8?B?TCdpbXByaW1hbnRlIGR1IGRldXhpw6htZSDDqXRhZ2U=?= ne\r\n imprime plus\r\n\
         Date: Wed, 18 Nov 2026 09:57:59 -0500\r\n\
         Message-ID: <20261118.1@branch.example>\r\n\
         In-Reply-To: <20261117.9@desk.example>\r\n\
         References: <20261117.1@desk.example> <20261117.9@desk.example>\r\n\
         MIME-Version: 1.0\r\n\
         Content-Type: multipart/related; boundary=outer\r\n\r\n\
         --outer\r\nContent-Type: multipart/alternative; boundary=inner\r\n\r\n\
         --inner\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
         {plain}\r\n\
         --inner\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n\
         {}\r\n--inner--\r\n\
         --outer\r\nContent-Type: image/png; name=\"toner.png\"\r\nContent-ID: <toner@branch>\r\n\
         Content-Transfer-Encoding: base64\r\nContent-Disposition: inline; filename=\"toner.png\"\r\n\r\n\
         {picture}\r\n--outer--\r\n",
        html().replace('\n', "\r\n"),
    )
    .into_bytes()
}

/// A table as mail programs write it, with what must not get through.
pub(crate) fn html() -> String {
    let row = |n: usize| {
        format!(
            "<tr style=\"mso-height:15pt;background:url(https://track.example/{n})\" onclick=\"go({n})\">\n\
             <td class=MsoNormal><p><b>{}</b>&nbsp;&eacute;</p></td>\n\
             <td><a href=\"https://intranet.example/asset/{n}\" target=_blank>5CD{n:07X}</a>\n\
             <a href=\"javascript:alert({n})\">more</a><img src=\"cid:toner@branch\" alt=\"toner\">\n\
             <img src=\"https://track.example/{n}.gif\" width=1 height=1></td>\n\
             <td><span style=\"color:#1f497d;font-size:11pt\">{}</span></tr>\n",
            title(n),
            body(n),
        )
    };
    let rows: String = (0..25).map(row).collect();
    format!(
        "<html><head><style>p {{ margin: 0 }}</style><script>alert(1)</script></head><body lang=FR>\n\
         <table border=0 cellpadding=4>\n{rows}</table><svg onload=alert(2)></svg><p>Merci</body></html>\n"
    )
}

/// An answer above three older ones, each quoted once more.
pub(crate) fn answer() -> String {
    let quoted = |depth: usize| -> String {
        let marks = "> ".repeat(depth);
        let lines: String = (0..20).map(|n| format!("{marks}{}\n", title(n + depth))).collect();
        format!(
            "{marks}On Tue, 17 Nov 2026 at 16:0{depth}, Support <support@desk.example>\n{marks}wrote:\n{marks}\n{lines}"
        )
    };
    let older: String = (1..=3).map(quoted).collect();
    format!(
        "Thank you, it prints again.\n\n{}\n\nPayroll office\n\n{older}-- \nCedar, second floor\n",
        body(1)
    )
}

pub(crate) fn title(n: usize) -> String {
    const WHAT: [&str; 5] = ["The printer", "L’imprimante", "My mailbox", "Le réseau", "The scanner"];
    const HOW: [&str; 4] = [
        "is out of toner",
        "ne répond plus",
        "asks for a password again",
        "s’arrête à midi",
    ];
    const WHERE: [&str; 3] = ["on the second floor", "à la comptabilité", "in Cedar"];
    format!("{} {} {}", WHAT[n % 5], HOW[n % 4], WHERE[n % 3])
}

pub(crate) fn body(n: usize) -> String {
    const SAID: [&str; 7] = [
        "It has done so since the update of Monday, and a restart did not help.",
        "Le message affiché est « erreur réseau », puis tout s’arrête.",
        "Three of us share it and none can work; the month ends on Friday.",
        "J’ai déjà éteint et rallumé l’appareil, sans succès.",
        "The light at the back blinks twice, then stays orange.",
        "Pouvez-vous passer avant la paie de vendredi ?",
        "Please call the front desk, the door is locked after five.",
    ];
    let said: Vec<&str> = (0..5).map(|at| SAID[(n + at * 3) % 7]).collect();
    format!("{} Serial 5CD{n:07X}, error 0x8007{n:04X}.", said.join(" "))
}
