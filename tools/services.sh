#!/usr/bin/env bash
# Installs what the tests call besides Python packages: a Java for Neo4j and Fuseki, Virtuoso, a browser, LibreOffice,
# Poppler, Tesseract and a Chinese font. For Debian and its relatives.
set -euo pipefail

# a command that the tests call, and the package that has it
needs=(make:make java:openjdk-17-jdk-headless mvn:maven virtuoso-t:virtuoso-opensource
       chromium-headless-shell:chromium-headless-shell soffice:libreoffice-writer-nogui curl:curl
       pdftoppm:poppler-utils tesseract:tesseract-ocr)
packages=(python3-venv fonts-noto-cjk tesseract-ocr-chi-sim libreoffice-calc-nogui)
for need in "${needs[@]}"; do
  command -v "${need%%:*}" >/dev/null || packages+=("${need#*:}")
done
run_as_root=$([ "$(id -u)" = 0 ] || echo sudo)
$run_as_root apt-get update -qq
DEBIAN_FRONTEND=noninteractive $run_as_root apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
