#!/bin/sh
# Makes each service's database with its three roles, and Keycloak's with its one; whatever is
# there stays. Passwords become those of the environment: a changed one takes effect by running this again.
set -eu
here=$(dirname "$0")
for service in partners referrals assessments vacancies metrics; do
    prefix=$(echo "$service" | tr a-z A-Z)
    for role in OWNER APP WORKER; do
        export "$role=$(printenv "${prefix}_${role}_PASSWORD")"
    done
    psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -v database="$service" -d postgres -f "$here/service.sql"
done
psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -d postgres -f "$here/keycloak.sql"
