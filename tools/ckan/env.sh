# Sourced by the scripts that test against a real CKAN.

# name_ckan takes what up.sh prints, on standard input, into the environment.
name_ckan() {
  local key value
  while IFS='=' read -r key value; do
    case "$key" in
      CHASQUI_*) export "$key=$value" ;;
      CKAN_TOKEN) ;; # an administrator's passes checks that a publisher's does not
      CKAN_TOKEN_EDITOR) export CHASQUI_CKAN_TOKEN="$value" ;;
      CKAN_*) export "CHASQUI_$key=$value" ;;
    esac
  done
}

# need_ckan uses the CKAN that the environment names, else starts one.
need_ckan() {
  local lines
  if [ -z "${CHASQUI_CKAN_URL:-}" ]; then
    lines=$(tools/ckan/up.sh)
    name_ckan <<<"$lines"
  fi
  export CHASQUI_CKAN_REQUIRED=1
  echo "real CKAN: ${CHASQUI_CKAN_VERSION:-version unknown} at $CHASQUI_CKAN_URL"
}
