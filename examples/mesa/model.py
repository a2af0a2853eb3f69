"""Batik cluster
=============

Agencies and a company train batik makers, visit them or forget them; a cluster comes of it,
or does not.
"""

import cgsim


class BatikCluster(cgsim.Model):
    """A cluster with three of its levers as parameters.

    Parameters
    ----------
    monitoring_interval : int
        Months between two rounds of visits, of every organisation.
    persistence : float
        Mean persistence of those who may join, from 0 to 1.
    leadership : float
        How well meetings are led, from 0 to 1.
    seed : int
        Which luck; the same seed has the same luck with every other parameter.
    """

    def __init__(self, monitoring_interval=3, persistence=0.5, leadership=0.6, seed=1):
        case = cgsim.Scenario.load("sangatta-utara").replace(
            {
                "organisations.*.monitoring_interval": int(monitoring_interval),
                "community.persistence.mean": float(persistence),
                "process.leadership": float(leadership),
            }
        )
        super().__init__(case, seed=int(seed))

    @property
    def trained(self):
        """Everybody who has ever been in the programme."""
        return [one for one in self.trainees if one.status_word != "community"]
