/**
 * Reads the arguments of Megatron-LM, Megatron-Core and Megatron-DeepSpeed out of a launch script: {@code LaunchFlags} finds
 * the command, {@code ModelFlags}, {@code PlanFlags}, {@code ExchangeFlags}, {@code StageFlags} and {@code LaunchMachines} say which flag becomes which key of a scenario.
 */
package trainyard.scenario.importing.megatron;
