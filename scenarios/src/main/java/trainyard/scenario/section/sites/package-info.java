/** Training on several sites. {@link trainyard.scenario.section.sites.SitesSection} is the section {@code sites}. */
package trainyard.scenario.section.sites;
