/** What is stated of a long job: what it does and how it guards itself, and the {@code Supervision} that it is under. */
package trainyard.faults.life.job;
