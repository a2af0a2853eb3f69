#!/bin/bash
# A sweep as a SLURM job array: each task is a shard that knows of no other. No scheduler of its
# own, no open port; all that the tasks share is the folder.
#
#   sbatch --array=1-32 slurm-array.sh visits.yaml /shared/visits
#
# Tasks that failed, once more (SHARDS is what 1-32 said, it must not change within a folder):
#   SHARDS=32 sbatch --array=3,17 slurm-array.sh visits.yaml /shared/visits
#
#SBATCH --job-name=cgsim
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=4
#SBATCH --mem=2G
#SBATCH --time=04:00:00
#SBATCH --requeue
#SBATCH --open-mode=append
#SBATCH --output=cgsim-%A-%a.log
# Ctrl-C's signal a minute before the time is up: exit code 130, and nothing half done is left.
#SBATCH --signal=B:INT@60

set -euo pipefail

spec=$1
folder=$2
number=$SLURM_ARRAY_TASK_ID
shards=${SHARDS:-$SLURM_ARRAY_TASK_COUNT}

# Where the rules' compiled form is kept; on a shared disk it is compiled once for all.
export CGSIM_CACHE=${CGSIM_CACHE:-$HOME/.cache/cgsim}

# What to call, if cgsim is not on the path: CGSIM="/path/to/.venv/bin/python -m cgsim"
read -ra cgsim <<< "${CGSIM:-cgsim}"

# Shards need not begin together, nor end at all: whoever comes again does what is missing.
exec "${cgsim[@]}" sweep run "$spec" -o "$folder" \
    --shard "$number/$shards" --workers "${SLURM_CPUS_PER_TASK:-1}"
