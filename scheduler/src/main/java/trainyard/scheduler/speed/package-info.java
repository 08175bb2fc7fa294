/**
 * How fast jobs work where they are placed and on as many GPUs as they have
 * ({@link trainyard.scheduler.speed.SpeedModel}).
 */
package trainyard.scheduler.speed;
