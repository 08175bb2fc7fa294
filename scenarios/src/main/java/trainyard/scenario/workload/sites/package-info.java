/** Training on several sites over a slow link. Start at {@link trainyard.scenario.workload.sites.SitesKind}. */
package trainyard.scenario.workload.sites;
