#!/bin/bash
# Sizes, then degrees, then one command that is built up as text and evaluated.
SEQ_LEN=2048
MODEL_SIZE=1.3
NUM_LAYERS=24
HIDDEN_SIZE=2048
NUM_ATTN_HEADS=16
GLOBAL_BATCH_SIZE=512
TOKENS=300000000000
ITERS=$(( ${TOKENS} * 3 / ${GLOBAL_BATCH_SIZE} / ${SEQ_LEN} ))
BATCH_SIZE=8
MP_SIZE=1
NUM_GPUS=64
EP_SIZE=128
if [[ $EP_SIZE -gt $NUM_GPUS ]]; then
    EP_PARALLEL_SIZE=$NUM_GPUS
else
    EP_PARALLEL_SIZE=$EP_SIZE
fi
CHECKPOINT="true"
# CHECKPOINT="false"
NAME="gpt-${MODEL_SIZE}B-bs-${GLOBAL_BATCH_SIZE}-gpus-${NUM_GPUS}"
OUTPUT=`pwd`/output
mkdir -p "${OUTPUT}/log/"
options=" \
        --tensor-model-parallel-size ${MP_SIZE} \
        --moe-expert-parallel-size ${EP_PARALLEL_SIZE} \
        --num-experts ${EP_SIZE} \
        --moe-loss-coeff 0.01 \
        --micro-batch-size ${BATCH_SIZE} \
        --global-batch-size ${GLOBAL_BATCH_SIZE} \
        --num-layers ${NUM_LAYERS} \
        --hidden-size ${HIDDEN_SIZE} \
        --num-attention-heads ${NUM_ATTN_HEADS} \
        --seq-length ${SEQ_LEN} \
        --max-position-embeddings ${SEQ_LEN} \
        --train-iters ${ITERS} \
        --lr 1.2e-4 \
        --fp16"
if [ "${CHECKPOINT}" = "true" ]; then
options="${options} \
        --checkpoint-activations"
fi
config="ds_config_gpt_${NAME}.json"
sed "s/CONFIG_BATCH_SIZE/${GLOBAL_BATCH_SIZE}/" ds_config_gpt_TEMPLATE.json \
    | sed "s/CONFIG_MBSIZE/${BATCH_SIZE}/" \
      > ${config}
options="${options} --deepspeed --deepspeed_config ${config} --no-pipeline-parallel"
command="deepspeed pretrain_gpt.py ${options} &> ${OUTPUT}/log/${NAME}.log"
echo ${command}
eval ${command}
