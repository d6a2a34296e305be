/**
 * For every domain that has a suffix of the Public Suffix List somewhere below it, without being one, such a suffix: `ezproxy.kuleuven.be` for
 * `kuleuven.be`. The package with the list can be asked about a name, but not what is below one. `*` is a region of a cloud. What the
 * library's own table finds is left out. Compared with the list by a test, which prints what has changed.
 */
export const suffixesBelow: readonly string[] =
  `aa.crm.dev app.amba.host app.render.com appengine.flow.ch apps.fbsbx.com apps.grok.bot apps.lair.io at.emf.camp at.ply.gg
  aws-gov.databricksapps.us aws.databricksapps.com bo.nordland.no bo.telemark.no builder.code.com c.cdn77.org ca.reclaim.cloud
  caracal.mythic-beasts.com cdn.bubble.io cdn.cloudflareanycast.net cdn.cloudflarecn.net cdn.cloudflareglobal.net ch.trendhosting.cloud
  client.scrypted.io cloud.fedoraproject.org cloud.interhostsolutions.be cloud.metacentrum.cz cloud.nospamproxy.com clusters.rdpa.co
  cust.cloudscale.ch customer.speedpartner.de demo.datadetect.com demo.jelastic.com dev.project-study.com devices.resinstaging.io
  direct.quickconnect.cn direct.quickconnect.to dyn.addr.tools dyn.cosidns.de dyndns.dappnode.io elastic.k2.cloud ent.platform.sh
  es-1.axarnet.cloud eu-1.evennode.com eu.encoway.cloud ex.ortsinfo.at experiments.sagemaker.aws ezproxy.kuleuven.be fi.cloudplatform.fi
  forgot.her.name forgot.his.name freetls.fastly.net git-pages.rit.edu hb.cldmail.ru heroy.more-og-romsdal.no hosting.ovh.net
  id.forgerock.io instances.spawn.cc ip.linodeusercontent.com ipfs.nftstorage.link ipfs.storacha.link ipfs.w3s.link it1.jenv-aruba.cloud
  j.scaleforce.net jc.neen.it jcloud-ver-jpc.ik-server.com jed.wafaicloud.com jelastic.dogado.eu jelastic.saveincloud.net
  jls-sto1.elastx.net k8s.scw.cloud kr-naver-dev.ncloudstorage.com kr-private.gov-ncloudstorage.com lpg.objectstorage.ch
  members.linode.com my.canva.site my.canvasite.cn nes.akershus.no nes.buskerud.no os.hedmark.no os.hordaland.no p.tawk.email
  p.tawkto.email paas.beebyte.io paas.hosted-by-previder.com paas.massivegrid.com pages.wiardweb.com phx.enscaled.us private.repost.aws
  pro.typeform.com r.cdn77.net rag-cloud-ch.hosteur.com relay.evervault.app relay.evervault.dev rs.webaccel.jp rsc.contentproxy9.cz
  runs.onstackit.cloud s3.teckids.org sande.vestfold.no sande.xn--mre-og-romsdal-qqb.no sekd1.beebyteapp.io seprox.hooc.me
  servicebus.usgovcloudapi.net services.clever-cloud.com shop.brendly.ba shop.brendly.hr shop.brendly.rs site.rb-hosting.io
  site.tb-hosting.com site.transip.me sn.mynetname.net soc.srcf.net stage.nodeart.io static.observableusercontent.com t3.storage.dev
  t3.storageapi.dev ui.nabu.casa user.localcert.dev user.party.eus valer.ostfold.no vip.jelastic.cloud vps.hrsn.net wien.funkfeuer.at
  xen.prgmr.com xn--vler-qoa.xn--stfold-9xa.no a.prod.fastly.net a.ssl.fastly.net alp1.ae.flow.ch *.cs.amazonlightsail.com
  app.os.fedoraproject.org atl.jelastic.vps-host.net auth-fips.*.amazoncognito.com blob.core.usgovcloudapi.net cdn.prod.atlassian-dev.net
  cockpit.fr-par.scw.cloud cockpit.nl-ams.scw.cloud cockpit.pl-waw.scw.cloud compute.amazonaws.com.cn cust.dev.thingdust.io
  cust.disrec.thingdust.io cust.prod.thingdust.io cust.retrosnub.co.uk cust.testing.thingdust.io de.object.ncloudstorage.com
  flt.cloud.muni.cz fr-1.paas.massivegrid.net *.baremetal.scw.cloud io.noc.ruhr-uni-bochum.de j.layershift.co.uk j.scaleforce.com.cy
  jp.object.ncpstorage.com kr-naver-dev.website.ncloudstorage.com kr.object.fin-ncloudstorage.com kr.object.gov-ncloudstorage.com
  kr.objectstorage.ncloud.com labeling.*.sagemaker.aws lb.ru-msk.k2.cloud lb.ru-spb.k2.cloud mel.cloudlets.com.au
  objects.lpg.cloudscale.ch objects.rma.cloudscale.ch pages-research.it.hs-heilbronn.de preview.emergentagent.com
  priv.instances.scw.cloud
  s3.isk01.sakurastorage.jp s3.isk02.sakurastorage.jp ssl.origin.cdn77-secure.org user.aseinet.ne.jp app.os.stg.fedoraproject.org
  *.airflow.amazonaws.com.cn *.eb.amazonaws.com.cn consent-portal.bedrock-agentcore.*.amazonaws.com emrappui-prod.*.amazonaws.com.cn
  it1.eur.aruba.jenv-aruba.cloud jp.jp4.object.ncpstorage.com jp.jp5.object.ncpstorage.com jp.object.private.ncpstorage.com
  kr.object.private.fin-ncloudstorage.com kr.object.private.gov-ncloudstorage.com kr.object.private.ncloudstorage.com
  mrap.accesspoint.s3-global.amazonaws.com notebook.*.sagemaker.com.cn transfer-webapp.eusc-de-east-1.on.amazonwebservices.eu
  vfs.cloud9.*.amazonaws.com webview-assets.aws-cloud9.*.amazonaws.com 001.test.code-builder-stg.platform.salesforce.com
  airflow.*.on.amazonwebservices.com.cn auth.cognito-idp.eusc-de-east-1.on.amazonwebservices.eu jp.jp4.object.private.ncpstorage.com
  jp.jp5.object.private.ncpstorage.com s3-accesspoint.dualstack.*.amazonaws.com.cn`.split(/\s+/);
