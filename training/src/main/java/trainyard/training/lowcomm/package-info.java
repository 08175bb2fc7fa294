/**
 * Training whose replicas exchange parameters now and then, over a slow link between sites: what the exchange costs in time. Start
 * at {@link trainyard.training.lowcomm.ExchangeSchedule}; {@link trainyard.training.lowcomm.BandwidthSearch} asks it the other way
 * round.
 */
package trainyard.training.lowcomm;
