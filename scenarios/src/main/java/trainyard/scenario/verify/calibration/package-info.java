/** Holds profiles of measured machines against the training iterations that they were made of, held-out ones apart. */
package trainyard.scenario.verify.calibration;
