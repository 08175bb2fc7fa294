/**
 * Types and numbers of GPUs chosen together by a program in integers ({@link trainyard.scheduler.policy.sia.SiaRounds}): the policy of Sia
 * (Jayaram Subramanya et al., SOSP 2023), its configurations, its program and its placement.
 */
package trainyard.scheduler.policy.sia;
