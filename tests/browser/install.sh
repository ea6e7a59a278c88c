#!/usr/bin/env bash
# Makes sure that there is a Chromium for the browser tests: one already here, else Debian's.
#
# As root (or with sudo that asks for no password) it is installed. As a plain user it is unpacked,
# with the libraries that are missing, into .browser/, which git ignores. CHROMIUM=/path names another.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
export DEBIAN_FRONTEND=noninteractive
home=$PWD/.browser

starts() { command -v "$1" >/dev/null 2>&1 && "$1" --version >/dev/null 2>&1; }

package=chromium-headless-shell
for name in ${CHROMIUM:-} "$package" chromium chromium-browser google-chrome "$home/chromium"; do
  if starts "$name"; then exit 0; fi
done

mend() {
  echo "No Chromium for the browser tests, and none could be installed: $1." >&2
  echo "Install Chromium or Chrome so that it is on the PATH, or say where it is: make test CHROMIUM=/path/to/it" >&2
  exit 1
}

command -v apt-get >/dev/null || mend "this machine has no apt-get"
echo "Installing Chromium for the browser tests"

as_root=none
if [ "$(id -u)" = 0 ]; then as_root="";
elif sudo -n true 2>/dev/null; then as_root="sudo -n"; fi

if [ "$as_root" != none ]; then
  $as_root apt-get -qq update >/dev/null || true
  $as_root apt-get -qq install --yes --no-install-recommends "$package" fonts-liberation >/dev/null ||
    mend "apt-get install $package failed"
  starts "$package" || mend "$package was installed but does not start"
  exit 0
fi

# A plain user: package lists and packages go into a folder of our own, and nothing else is touched.
rm -rf "$home" && mkdir -p "$home"/{lists/partial,archives/partial,packages,root}
private=(-o "Dir::State::Lists=$home/lists" -o "Dir::Cache=$home" -o "Debug::NoLocking=true" -o "APT::Sandbox::User=")
apt-get -qq "${private[@]}" update >/dev/null || mend "the package lists could not be fetched"
wanted=$(apt-get "${private[@]}" --simulate --no-install-recommends install "$package" fonts-liberation |
  awk '$1 == "Inst" {print $2}') || mend "apt-get knows no $package"
(
  cd "$home/packages"
  # shellcheck disable=SC2086
  apt-get -qq "${private[@]}" download "$package" chromium-common fonts-liberation $wanted >/dev/null
) || mend "the packages could not be fetched"
for package in "$home"/packages/*.deb; do dpkg -x "$package" "$home/root"; done
rm -rf "$home"/{lists,archives,packages,*.bin}

cat > "$home/chromium" <<'WRAPPER'
#!/usr/bin/env bash
root=$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/root
libraries=$(find "$root" -name 'lib*.so*' -printf '%h\n' | sort -u | paste -sd:)
export LD_LIBRARY_PATH="$libraries${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}"
[ -d /etc/fonts ] || export FONTCONFIG_PATH="$root/etc/fonts"
export XDG_DATA_DIRS="$root/usr/share:${XDG_DATA_DIRS:-/usr/local/share:/usr/share}"
exec "$root/usr/lib/chromium/chromium-headless-shell" "$@"
WRAPPER
chmod +x "$home/chromium"
starts "$home/chromium" || mend "it was unpacked into .browser/ but does not start"
