//! TLS to a mailbox's server: the public authorities and those the administrator names. There is
//! no way to trust anybody.

use super::FetchError;
use std::sync::Arc;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

pub(super) fn connector(roots: &[Vec<u8>]) -> Result<TlsConnector, FetchError> {
    let mut store = RootCertStore {
        roots: webpki_roots::TLS_SERVER_ROOTS.to_vec(),
    };
    for certificate in roots.iter().flat_map(|root| certificates(root)) {
        let added = certificate.map(|certificate| store.add(certificate));
        if !matches!(added, Ok(Ok(()))) {
            return Err(FetchError::Setting("a root certificate cannot be read".to_owned()));
        }
    }
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows the protocol versions of rustls")
        .with_root_certificates(store)
        .with_no_client_auth();
    Ok(TlsConnector::from(Arc::new(config)))
}

/// All certificates of a PEM text, or the one of DER bytes.
fn certificates(root: &[u8]) -> Vec<Result<CertificateDer<'static>, ()>> {
    let is_pem = root.windows(11).any(|window| window == b"-----BEGIN ");
    if !is_pem {
        return vec![Ok(CertificateDer::from(root.to_vec()))];
    }
    let found: Vec<_> = CertificateDer::pem_slice_iter(root)
        .map(|certificate| certificate.map_err(|_| ()))
        .collect();
    if found.is_empty() { vec![Err(())] } else { found }
}

pub(super) fn server_name(host: &str) -> Result<ServerName<'static>, FetchError> {
    ServerName::try_from(host.to_owned())
        .map_err(|_| FetchError::Setting(format!("{} is no host name", super::one_line(host.as_bytes()))))
}
