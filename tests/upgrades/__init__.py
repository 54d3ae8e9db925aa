"""One archive of each release (`<version>.tar.age`, made by `backup` from a site with a row of everything) and the pages it had
(`<version>.json`): what is deployed today must restore and migrate every one of them."""
