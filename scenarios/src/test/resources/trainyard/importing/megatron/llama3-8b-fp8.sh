#!/bin/bash
OUT=${1:-"checkpoints/llama3_8b_fp8"}
TOKENIZER=${3:-"MOCK"}
mkdir -p "$(dirname "$OUT")"
GPUS=8
NODES=1
TP=1
CP=1
MICRO=1
BATCH=128
DTYPE="fp8"

LAUNCH=(--nproc_per_node $GPUS --nnodes $NODES --node_rank ${NODE_RANK:-0})
MODEL_ARGS=(
    --use-mcore-models
    --num-layers 32
    --hidden-size 4096
    --ffn-hidden-size 14336
    --num-attention-heads 32
    --group-query-attention
    --num-query-groups 8
    --kv-channels 128
    --seq-length 8192
    --position-embedding-type rope
    --rotary-base 1000000
    --swiglu
    --untie-embeddings-and-output-weights
    --disable-bias-linear
)
TRAINING_ARGS=(--micro-batch-size $MICRO --global-batch-size $BATCH --bf16 --grad-reduce-in-bf16 --manual-gc)
DTYPE_ARGS=()
if [[ "$DTYPE" == "fp8" ]]; then
    DTYPE_ARGS+=(
        "--fp8-format hybrid"
        "--fp8-amax-history-len 1024"
    )
fi
PARALLEL=(
    --tensor-model-parallel-size $TP
    --context-parallel-size $CP
    # --pipeline-model-parallel-size 2
    --sequence-parallel  # dropped for one tensor rank
)
SHARDING=(--use-distributed-optimizer --overlap-grad-reduce --overlap-param-gather)
TRAINING_ARGS+=("${SHARDING[@]}")
DATA=()
if [[ "$TOKENIZER" == "MOCK" ]] || [[ -z "$TOKENIZER" ]]; then
    DATA+=("--mock-data" "--tokenizer-type NullTokenizer" "--vocab-size 128256" "--split '99,1,0'")
else
    DATA+=("--tokenizer-model $TOKENIZER" "--vocab-size 32000")
fi
if [ ! -f "pretrain_gpt.py" ]; then
    echo "Error: not found"
    exit 1
fi
torchrun ${LAUNCH[@]} \
    "pretrain_gpt.py" \
    ${MODEL_ARGS[@]} ${TRAINING_ARGS[@]} ${DTYPE_ARGS[@]} ${PARALLEL[@]} ${DATA[@]} --save "$OUT"
set +x
