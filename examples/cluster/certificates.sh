#!/bin/bash
# Makes what Dask's TLS needs: an authority of one's own, and one certificate for scheduler,
# workers and client. Who holds cgsim.key may run programs on the workers: keep it as a password.
#
#   ./certificates.sh ~/cgsim-tls      prints what to set, for this shell: eval "$(…)"

set -euo pipefail
umask 077

folder=${1:?a new folder}
days=${2:-90}
mkdir -p "$folder"
cd "$folder"
folder=$PWD

if [ -e cgsim.key ]; then
    echo "# $folder holds a key already; it is kept" >&2
else
    # what strict readers of certificates ask for, Python 3.13 among them
    cat > openssl.cnf << 'END'
[req]
prompt = no
distinguished_name = name
x509_extensions = authority
[name]
CN = cgsim authority
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[member]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
END
    new="-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -config openssl.cnf"
    # shellcheck disable=SC2086 # these are words
    openssl req -x509 $new -days "$days" -keyout authority.key -out authority.pem 2> /dev/null
    # shellcheck disable=SC2086
    openssl req $new -subj "/CN=cgsim" -keyout cgsim.key -out cgsim.csr 2> /dev/null
    openssl x509 -req -in cgsim.csr -days "$days" -set_serial 1 -extfile openssl.cnf \
        -extensions member -CA authority.pem -CAkey authority.key -out cgsim.pem 2> /dev/null
    # no second certificate is wanted: nobody can make one without the authority's key
    rm -f cgsim.csr authority.key openssl.cnf
fi

echo "export DASK_DISTRIBUTED__COMM__TLS__CA_FILE='$folder/authority.pem'"
for role in SCHEDULER WORKER CLIENT; do
    echo "export DASK_DISTRIBUTED__COMM__TLS__${role}__CERT='$folder/cgsim.pem'"
    echo "export DASK_DISTRIBUTED__COMM__TLS__${role}__KEY='$folder/cgsim.key'"
done
echo "export DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION=True"
