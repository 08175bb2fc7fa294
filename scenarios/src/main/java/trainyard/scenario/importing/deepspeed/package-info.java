/**
 * Reads DeepSpeed's {@code ds_config.json}: batch sizes, number format, ZeRO stage and offloading. ZeRO shards the state of
 * data-parallel ranks; it is neither model nor pipeline parallelism, so it becomes the key {@code zero} beside {@code
 * data}. The batch sizes are also checked against the GPUs, as DeepSpeed itself does when it starts.
 */
package trainyard.scenario.importing.deepspeed;
