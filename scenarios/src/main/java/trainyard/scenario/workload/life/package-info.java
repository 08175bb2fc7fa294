/**
 * {@code life}: the job as a long one that meets faults. Start at {@link trainyard.scenario.workload.life.LifeKind}. A {@code
 * LifeWorkload} is made by {@code LifeDesign} from the section: {@code LifeCluster} is where it runs and what goes wrong, {@code
 * CheckpointDesign} its snapshots, {@code RecoveryDesign} what it does after a fault, {@code LifeSupervision} who starts it
 * again. Files named {@code ...Metrics}, {@code ...Terms} and {@code LifeDetails} are what it yields.
 */
package trainyard.scenario.workload.life;
