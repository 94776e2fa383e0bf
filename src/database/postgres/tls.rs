//! Encryption by rustls, and how far the identity of a server is checked.

use std::future::Future;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio_postgres::tls::{ChannelBinding, TlsConnect, TlsStream};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream as Encrypted;
use tokio_rustls::rustls::client::WebPkiServerVerifier;
use tokio_rustls::rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use tokio_rustls::rustls::crypto::{CryptoProvider, ring, verify_tls12_signature, verify_tls13_signature};
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    self, CertificateError, ClientConfig, DigitallySignedStruct, Error, RootCertStore, SignatureScheme,
};

use super::wire::Wire;
use crate::database::address::{Server, TlsMode};
use crate::database::connection::DatabaseFault;

/// Encrypts connections to one server.
#[derive(Clone)]
pub(super) struct Encryption {
    connector: TlsConnector,
    name: ServerName<'static>,
}

impl Encryption {
    /// Prepares encryption as an address demands it.
    pub(super) fn new(server: &Server) -> Result<Self, DatabaseFault> {
        let provider = Arc::new(ring::default_provider());
        let verifier: Arc<dyn ServerCertVerifier> = match (server.tls, &server.root_file) {
            // As psql does: a file of authorities is there to be used.
            (TlsMode::Disable | TlsMode::Prefer, _) | (TlsMode::Require, None) => {
                Arc::new(LenientVerifier { provider: Arc::clone(&provider), authorities: None })
            }
            (mode, root_file) => {
                let roots = Arc::new(roots(root_file.as_deref())?);
                let verifier = WebPkiServerVerifier::builder_with_provider(roots, Arc::clone(&provider)).build();
                let verifier = verifier.map_err(|error| no_roots(&error.to_string()))?;
                if mode == TlsMode::VerifyFull {
                    verifier
                } else {
                    Arc::new(LenientVerifier { provider: Arc::clone(&provider), authorities: Some(verifier) })
                }
            }
        };
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| {
                DatabaseFault::new(format!("encryption could not start: {error}"), "report this as a bug")
            })?
            .dangerous()
            .with_custom_certificate_verifier(verifier)
            .with_no_client_auth();
        // The name of a folder is never looked at, since sockets are not encrypted.
        let host = if server.host.starts_with('/') { "localhost" } else { &server.host };
        let name = ServerName::try_from(host.to_owned())
            .map_err(|_| DatabaseFault::new("the host is neither a name nor an address", "check the host"))?;
        Ok(Self { connector: TlsConnector::from(Arc::new(config)), name })
    }
}

fn no_roots(reason: &str) -> DatabaseFault {
    DatabaseFault::new(
        format!("there is no certificate authority to check the server against ({reason})"),
        "name a CA certificate file: sslrootcert=FILE",
    )
}

/// Returns the authorities to trust: those of a file, else those of the system.
fn roots(file: Option<&Path>) -> Result<RootCertStore, DatabaseFault> {
    let mut roots = RootCertStore::empty();
    let Some(file) = file else {
        let native = rustls_native_certs::load_native_certs();
        roots.add_parsable_certificates(native.certs);
        return if roots.is_empty() { Err(no_roots("the system has none")) } else { Ok(roots) };
    };
    let bad = |reason: String| {
        let message = format!("the CA certificate file “{}” could not be used: {reason}", file.display());
        DatabaseFault::new(message, "name a file of PEM certificates: sslrootcert=FILE")
    };
    let bytes = std::fs::read(file).map_err(|error| bad(error.to_string()))?;
    for certificate in CertificateDer::pem_slice_iter(&bytes) {
        let certificate = certificate.map_err(|error| bad(error.to_string()))?;
        roots.add(certificate).map_err(|error| bad(error.to_string()))?;
    }
    if roots.is_empty() { Err(bad("it has no certificate".to_owned())) } else { Ok(roots) }
}

/// Says what is wrong with the certificate of a server.
pub(super) fn certificate_fault(error: &Error, server: &Server) -> DatabaseFault {
    let Error::InvalidCertificate(reason) = error else {
        return DatabaseFault::new(format!("encryption failed: {error}"), "check host and port");
    };
    let (message, remedy) = match reason {
        CertificateError::UnknownIssuer => (
            "its certificate was issued by an unknown authority".to_owned(),
            "name its CA certificate file (sslrootcert=FILE), or, if you trust the network, use sslmode=require",
        ),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => (
            format!("its certificate is not for the host “{}”", server.host),
            "use the host name in the certificate, or, if that is not possible, sslmode=verify-ca",
        ),
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            ("its certificate has expired".to_owned(), "ask those who run the server to renew it")
        }
        other => (format!("its certificate can't be trusted: {other}"), "ask those who run the server"),
    };
    DatabaseFault::new(message, remedy)
}

/// Accepts less than a certificate of a known authority for the host.
#[derive(Debug)]
struct LenientVerifier {
    provider: Arc<CryptoProvider>,
    /// Checks the authority, for any host; `None` takes any certificate: the connection is encrypted, but to whom is not
    /// known.
    authorities: Option<Arc<WebPkiServerVerifier>>,
}

impl ServerCertVerifier for LenientVerifier {
    fn verify_server_cert(
        &self,
        certificate: &CertificateDer<'_>,
        between: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let Some(authorities) = &self.authorities else { return Ok(ServerCertVerified::assertion()) };
        // The name is checked last, when all else is in order.
        match authorities.verify_server_cert(certificate, between, name, ocsp, now) {
            Err(Error::InvalidCertificate(
                CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. },
            )) => Ok(ServerCertVerified::assertion()),
            verified => verified,
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.provider.signature_verification_algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider.signature_verification_algorithms.supported_schemes()
    }
}

/// An encrypted connection.
pub(super) struct Tls(Encrypted<Wire>);

impl TlsStream for Tls {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

impl TlsConnect<Wire> for Encryption {
    type Stream = Tls;
    type Error = io::Error;
    type Future = Pin<Box<dyn Future<Output = io::Result<Tls>> + Send>>;

    fn connect(self, wire: Wire) -> Self::Future {
        Box::pin(async move { self.connector.connect(self.name, wire).await.map(Tls) })
    }
}

impl AsyncRead for Tls {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_read(context, buffer)
    }
}

impl AsyncWrite for Tls {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.0).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.0).poll_shutdown(context)
    }
}

/// Finds the error of the encryption in an error and its causes.
pub(super) fn find_in<'e>(error: &'e (dyn std::error::Error + 'static)) -> Option<&'e rustls::Error> {
    let mut next = Some(error);
    while let Some(error) = next {
        if let Some(found) = error.downcast_ref::<rustls::Error>() {
            return Some(found);
        }
        let inner = error.downcast_ref::<io::Error>().and_then(io::Error::get_ref);
        if let Some(found) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            return Some(found);
        }
        next = error.source();
    }
    None
}
