/**
 * Where the time of all GPUs of a life goes: each GPU is in one {@code GpuState} at any time, booked in a {@code GpuTimeLedger}, in
 * {@code LifeNanos}.
 */
package trainyard.faults.life.account;
