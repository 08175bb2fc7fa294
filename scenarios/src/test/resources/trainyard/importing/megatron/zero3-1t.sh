#!/bin/bash
set -ex
CONFIG=ds_config.json
HOSTS=/job/hostfile
TP=1
PP=1
# 310B: 96 layers, 16384 wide; 530B: 105 layers, 20480 wide
LAYERS=128
HIDDEN=25600
HEADS=160
SEQ=1024
MICRO=1
NODES=1
PER_NODE=8
GLOBAL=$(( ${PER_NODE} * ${MICRO} * ${NODES} ))
STAGE=3
DIR=stage_${STAGE}_nl${LAYERS}_gb${GLOBAL}
mkdir -p $DIR

cat <<EOT > $CONFIG
{
  "train_batch_size" : $GLOBAL,
  "train_micro_batch_size_per_gpu": $MICRO,
  "zero_optimization": {
    "stage": $STAGE,
    "offload_optimizer": {"device": "cpu", "pin_memory": true}
  },
  "fp16": {"enabled": true}
}
EOT

export NCCL_DEBUG=warn

ds_args=" "
ds_args=" --deepspeed ${ds_args}"
ds_args=" --no-pipeline-parallel ${ds_args}"
ds_args=" --deepspeed_config=$CONFIG ${ds_args}"
ds_args=" --zero-stage=$STAGE ${ds_args}"

deepspeed --force_multi --num_nodes=$NODES --hostfile $HOSTS pretrain_gpt.py \
    --tensor-model-parallel-size $TP \
    --pipeline-model-parallel-size $PP \
    --num-layers $LAYERS \
    --hidden-size $HIDDEN \
    --num-attention-heads $HEADS \
    --seq-length $SEQ \
    --max-position-embeddings $SEQ \
    --micro-batch-size $MICRO \
    --global-batch-size $GLOBAL \
    --lr 6.0e-5 \
    --fp16 \
    --checkpoint-activations \
    --cpu-optimizer $ds_args | tee ${DIR}/output.log
